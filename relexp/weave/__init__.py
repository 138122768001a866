"""What was woven: the web of relationships that conversations make, its measures, and its picture."""
