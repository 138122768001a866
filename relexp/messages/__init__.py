"""What the product says to people: every sentence has a code, named values and a translation."""

from relexp.messages.catalogue import TEMPLATES
from relexp.messages.message import Fault, FaultsFound, Message, listed, say, tell

__all__ = ["TEMPLATES", "Fault", "FaultsFound", "Message", "listed", "say", "tell"]
