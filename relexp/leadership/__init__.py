"""How people grow: the leadership development table, from evidence, and co-owned by those who are in it."""
