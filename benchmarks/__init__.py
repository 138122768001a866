"""Side-by-side measurements with the peers; each script prints a table and never asserts a time."""
