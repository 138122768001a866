"""The self-directed module: units of text and activities, what is right in them, and how far somebody has come."""
