"""Who meets whom: a fair evening of one-to-one conversations across difference, with a proof."""

from relexp.pairing.evening import Conversation, Evening, Round
from relexp.pairing.impossible import Impossible

__all__ = ["Conversation", "Evening", "Impossible", "Round"]
