"""Who meets whom: a fair evening of one-to-one conversations across difference, with a proof."""
