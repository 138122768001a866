"""The server: Voila with templates of our own that ask nothing of the network."""
