"""Who is in the room: people, attributes, difference, rules, and the mix of the room.

Here stand the words of the room. What is done with them is imported from its module (`from relexp.roster.mix import
mix`), so that nothing heavy is loaded before it is needed.
"""

from relexp.roster.person import Person, Roster
from relexp.roster.rules import Across, Kind, NeverSame, Odd, Pin, Repeats, Rules, Sides, Tables

__all__ = ["Across", "Kind", "NeverSame", "Odd", "Person", "Pin", "Repeats", "Roster", "Rules", "Sides", "Tables"]
