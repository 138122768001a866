"""What an app's page is made of: its notebook, run and written, and the files it needs."""
