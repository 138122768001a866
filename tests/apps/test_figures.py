"""The figures on the page claim no more than is proven, and none is rounded past what it is compared with."""

import pytest

from relexp.apps.figures import promises
from relexp.pairing.evening import Evening
from relexp.roster.person import Person, Roster

ROSTER = Roster((Person("a", "A"), Person("b", "B")), {"org": "Group"})


def page(**report):
    return str(promises(Evening((), {}, report=report), ROSTER))


def test_a_figure_is_never_shown_above_its_bound():
    said = page(total=1.1499, total_bound=1.1499, total_gap=0.0, worst_person=0.60049, worst_person_bound=0.60041)
    assert "1.1; the proven most is <bdi>1.2" in said.replace("<bdi>1.1</bdi>", "1.1")
    assert "averages <bdi>60</bdi>" in said
    assert "more than <bdi>60.1</bdi>" in said


@pytest.mark.parametrize(
    ("most", "lowest", "claim"),
    [(2, 0, None), (2, 1, "at least 1 cannot be avoided"), (2, 2, "2 cannot be avoided")],
)
def test_same_group_meetings_are_beside_what_counting_shows_and_no_more(most, lowest, claim):
    figures = {"meetings": 3, "most_for_one_person": most, "lowest_possible": lowest, "fewest_meetings": 0}
    said = page(same_group={"org": figures})
    assert "Meetings within one group" in said
    assert (claim in said) if claim else ("cannot be avoided" not in said)
    more = page(same_group={"org": {**figures, "fewest_meetings": 2}})
    assert "at least 2 meetings within one group" in more
