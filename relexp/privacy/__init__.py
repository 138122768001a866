"""Who may see and do what: the ground of every page and every table."""
