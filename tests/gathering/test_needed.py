"""What a gathering keeps of a sheet: what its plan looks at, and nothing else that the sheet happens to ask."""

from __future__ import annotations

from dataclasses import replace

from relexp.exchange.rosters import read_roster
from relexp.gathering.needed import needed
from relexp.roster.wishes import Aim, Hosts, usual

SHEET = "name,organisation,languages,ward,role,Medical conditions\n" + "".join(
    f"P{at},{'AB'[at % 2]},English,{'xyz'[at % 3]},{'us' if at < 3 else 'them'},epilepsy {at}\n" for at in range(6)
)
ROSTER = read_roster(SHEET.encode(), "signup.csv").roster


def kept(wishes):
    """The columns of which anything is kept, and of whom."""
    people = needed(ROSTER, wishes)
    assert [person.id for person in people] == [person.id for person in ROSTER]
    return {key for person in people for key in person.values}


def test_only_the_columns_that_are_wished_for_are_kept():
    wishes = usual(ROSTER)
    wished = {column for column, aim in wishes.columns if aim is not Aim.IGNORE}
    assert kept(wishes) == wished | {"organisation", "languages"}
    assert "epilepsy" not in str(needed(ROSTER, wishes))


def test_a_column_that_does_not_matter_is_not_kept_unless_it_names_the_hosts():
    nothing = replace(usual(ROSTER), columns=tuple((column, Aim.IGNORE) for column, _ in usual(ROSTER).columns))
    assert kept(nothing) == {"organisation", "languages"}
    assert kept(replace(nothing, hosts=Hosts("role", "us"))) == {"organisation", "languages", "role"}
