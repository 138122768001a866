"""What the product says to people: every sentence has a code, named values and a translation."""

from relexp.messages.catalogue import TEMPLATES
from relexp.messages.message import Fault, FaultsFound, Message, listed, say, tell
from relexp.messages.page_messages import ON_PAGE

__all__ = ["ON_PAGE", "TEMPLATES", "Fault", "FaultsFound", "Message", "listed", "say", "tell"]
