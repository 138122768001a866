"""The figures on the page claim no more than is proven, and none is rounded past what it is compared with."""

from dataclasses import replace

import pytest

from relexp.apps.figures import counts, promises
from relexp.pairing.evening import Evening, Round
from relexp.pairing.plan import plan
from relexp.pairing.verify import averages
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import default_rules

ROSTER = Roster((Person("a", "A"), Person("b", "B")), {"org": "Group"})


def page(**report):
    return str(promises(Evening((), {}, report=report), ROSTER))


def test_a_figure_is_never_shown_above_its_bound():
    said = page(total=1.1499, total_bound=1.15, total_gap=0.00009, worst_person=0.60049, worst_person_bound=0.60041)
    assert "at least <bdi>99.9</bdi>%" in said
    assert "averages <bdi>60</bdi>" in said
    assert "more than <bdi>60.1</bdi>" in said


def room(young, *, at_school=True):
    """Twelve people of three groups, the first so many under 18 and, where `at_school`, of one school."""
    rows = [
        Person(
            f"p{at}",
            f"P {at}",
            organisation="School" if at < young and at_school else f"G{at % 3}",
            under_18=at < young,
        )
        for at in range(12)
    ]
    values = [replace(person, values={"organisation": person.organisation}) for person in rows]
    return Roster(tuple(values), {"organisation": "Organisation"})


def least_of(roster):
    rules = default_rules(roster, 3)
    evening = plan(roster, rules)
    return str(promises(evening, roster, rules)), averages(roster, rules, evening), evening


def test_whoever_is_young_among_the_young_does_not_stand_for_the_room():
    said, averages, evening = least_of(room(4))
    least = min(averages[f"p{at}"] for at in range(4, 12))
    assert evening.report["worst_person"] == min(averages.values()) == 0 < least
    assert f"Even the grown-up whose partners are most like them averages <bdi>{100 * least:g}</bdi>" in said
    assert "People under 18 are not counted in this" in said


def test_where_the_young_are_no_worse_off_everybody_is_counted():
    for roster in (room(0), room(12, at_school=False)):
        said, _, _ = least_of(roster)
        assert "Even the person whose partners are most like them" in said
        assert "under 18" not in said


def test_that_no_plan_gives_more_is_said_in_words_and_not_beside_two_figures_that_differ():
    said = page(total=114.66, total_bound=114.66, total_gap=0.0)
    assert "no plan could give this room more difference" in said
    assert "114" not in said


def test_meetings_stand_beside_all_the_meetings_there_are():
    groups = {"org": {"meetings": 3, "most_for_one_person": 1, "lowest_possible": 0, "fewest_meetings": 0}}
    said = page(conversations=17, trios=2, repeats=4, same_group=groups)
    assert "met before: <bdi>4</bdi> of <bdi>21</bdi>" in said.replace("4 of 21", "<bdi>4</bdi> of <bdi>21</bdi>")
    assert "”): 3 of 21." in said


@pytest.mark.parametrize("second", [0, 1])
def test_threes_and_rests_stand_beside_all_conversations_and_turns(second):
    said = page(conversations=17, turns=36, trios=2, second_trios=second, rests=3)
    assert "Conversations of three: 2 of 17." in said
    assert "asked for: 3, beside 36 turns" in said


@pytest.mark.parametrize(("rounds", "words"), [(1, "in one round"), (2, "in 2 rounds")])
def test_the_large_figures_say_what_they_are_counted_from(rounds, words):
    evening = Evening((Round(1, ()),) * rounds, {}, report={"conversations": 1, "turns": 2, "pairs_met": 1})
    said = str(counts(evening, ROSTER))
    assert words in said
    assert "of <bdi>1</bdi> pairs that there could be" in said


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
