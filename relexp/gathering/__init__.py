"""The gathering as it happens: its times and questions, and who joins in late."""
