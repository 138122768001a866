"""Who is in the room: people, attributes, difference, rules, and the mix of the room."""
