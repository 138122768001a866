"""The apps: one view a notebook, and the only place that builds HTML for a notebook."""
