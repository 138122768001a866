"""relexp: people who differ meet, one to one, and build power together."""
