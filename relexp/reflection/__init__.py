"""What people make of their conversations: harvest, reflections, meeting again, one-to-ones, and the themes in them."""
