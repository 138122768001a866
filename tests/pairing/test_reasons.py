"""Why an evening cannot be: the smallest cause in people's words, and nothing that is private."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from relexp.exchange.rosters import read_roster
from relexp.messages import Message
from relexp.pairing import Impossible
from relexp.pairing.bent import bent
from relexp.pairing.breaches import Breach, Kind
from relexp.pairing.plan import plan
from relexp.pairing.reasons import foreseen, notes, reasons
from relexp.roster.person import Person, Roster
from relexp.roster.rule_check import check_rules, default_rules
from relexp.roster.rules import Across, NeverSame, Odd, Repeats, Rules, Sides
from tests.pairing.desk import desk, opened
from tests.pairing.verify_evenings import crowd

HARD = Across("town", never_same=NeverSame.HARD)
SIDES = {"side": ("host", "guest") * 2}
ONE_ROUND = Rules(rounds=1, sides=Sides())


def reasons_of(roster: Roster, rules: Rules) -> Sequence[Message]:
    """Why there is no evening, in order."""
    with pytest.raises(Impossible) as caught:
        plan(roster, rules)
    assert "{" not in " ".join(reason.text() for reason in caught.value.reasons)
    return caught.value.reasons


def causes(roster: Roster, rules: Rules) -> list[str]:
    """The codes of the reasons, in order."""
    return [reason.code for reason in reasons_of(roster, rules)]


def towns(*listed: str, private: bool = False) -> Roster:
    people = tuple(Person(f"p{n}", f"P{n}", values={"town": town}) for n, town in enumerate(listed))
    return Roster(people, {"town": "Town"}, frozenset({"town"} if private else ()))


def test_more_rounds_than_other_people_cannot_be() -> None:
    assert causes(crowd(4), Rules(rounds=4))[0] == "impossible.rounds"
    assert causes(crowd(5), Rules(rounds=6, odd=Odd.REST))[0] == "impossible.rounds"
    assert plan(crowd(4), Rules(rounds=4, repeats=Repeats.FEWEST)).report["feasible"]


def test_more_rounds_than_people_across_cannot_be() -> None:
    roster = crowd(4, {"side": ("host", "guest") * 2})
    assert causes(roster, Rules(rounds=3, sides=Sides()))[0] == "impossible.sides"


def test_a_group_of_more_than_half_cannot_keep_apart() -> None:
    roster = towns("Bow", "bow", "Bow ", "Ely")
    with pytest.raises(Impossible) as caught:
        plan(roster, Rules(rounds=1, across=(HARD,)))
    assert caught.value.reasons[0].code == "impossible.group"
    assert "3 of the 4 people belong to “Bow”" in str(caught.value)


def test_a_private_group_is_not_named() -> None:
    roster = towns("unspoken", "unspoken", "unspoken", "other", private=True)
    with pytest.raises(Impossible) as caught:
        plan(roster, Rules(rounds=1, across=(HARD,)))
    assert caught.value.reasons[0].code == "impossible.group_hidden"
    assert "nspoken" not in str(caught.value)
    assert not any(reason.code == "bent.group" for reason in caught.value.reasons)


@pytest.mark.parametrize(("private", "code"), [(False, "impossible.cap"), (True, "impossible.cap_hidden")])
def test_a_cap_below_the_lowest_possible_cannot_be(private: bool, code: str) -> None:
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.FEWEST, cap=1),))
    assert causes(towns(*["x"] * 6, private=private), rules)[0] == code


def test_somebody_with_too_few_partners_is_named() -> None:
    apart = frozenset({("a", "b"), ("a", "c"), ("a", "d")})
    rules = Rules(rounds=2, keep_apart=apart)
    with pytest.raises(Impossible) as caught:
        plan(crowd(6), replace(rules, rounds=4))
    assert any("A" in reason.values.values() or "A" in str(reason) for reason in caught.value.reasons[:1])
    alone = frozenset({("a", id) for id in "bcdef"})
    found = causes(crowd(6), Rules(rounds=1, keep_apart=alone))
    assert found[0] == "impossible.nobody"


SPEAKING = ("welsh", "urdu", "polish", "somali", "arabic", "french", "greek", "turkish", "tamil")


def test_people_who_share_a_cause_share_a_sentence() -> None:
    roster = crowd(24, {"languages": (*SPEAKING, *["english"] * 15)})
    found = reasons_of(roster, Rules(rounds=3, share=("languages",)))
    (cause,) = [reason for reason in found if reason.code.startswith("impossible.")]
    assert str(cause).startswith(
        "In round 1, these 9 people have nothing in common with anybody under “Languages”: A (welsh), "
        "B (urdu), C (polish), D (somali), E (arabic), F (french) and 3 more."
    )


def test_people_with_as_few_partners_are_told_of_together() -> None:
    roster = crowd(12, {"languages": (*["welsh"] * 4, *["english"] * 8)})
    found = reasons_of(roster, Rules(rounds=5, share=("languages",)))
    (cause,) = [reason for reason in found if reason.code.startswith("impossible.")]
    assert str(cause).startswith(
        "Each of these 4 people has something in common under “Languages” with only 3 of the people they may talk with, and is "
        "there for 5 rounds: A (welsh), B (welsh), C (welsh), D (welsh). It would hold if"
    )


def speaking(*languages: str, rounds: int = 3, **more: object) -> Sequence[Message]:
    """Why nothing can be planned for people of these languages, as it is said before anything is."""
    roster = crowd(len(languages), {"languages": languages})
    young = more.pop("young", "")
    people = tuple(replace(person, under_18=person.id in str(young)) for person in roster)
    return foreseen(replace(roster, people=people), Rules(rounds=rounds, share=("languages",), **more))  # type: ignore[arg-type]


def test_who_shares_no_language_is_named_with_it_and_with_what_would_help_before_anything_is_planned() -> None:
    for others in (5, 6):
        (cause,) = speaking(*["english"] * others, "tigrinya; amharic")
        assert str(cause).startswith(
            f"In round 1, {'ABCDEFG'[others]} has nothing in common with anybody under “Languages”: it says tigrinya, amharic. "
            "It would hold if somebody else there has that too, with an interpreter (where it is a language)"
        )
        assert "choose “does not matter” for it" in str(cause)


def test_with_too_few_who_share_it_one_is_told_of_alone() -> None:
    (cause,) = speaking(*["english"] * 6, "english; welsh", "welsh", rounds=2)
    assert str(cause).startswith(
        "H has something in common under “Languages” with only 1 of the people they may talk with, and is there for 2 rounds: "
        "it says welsh."
    )


def test_people_who_together_share_it_with_too_few_are_told_of_together() -> None:
    # Each of three has somebody to talk with, and all three have the same one.
    (cause,) = speaking("welsh; urdu; thai", "welsh", "urdu", "thai", *["english"] * 4, rounds=1)
    assert str(cause).startswith(
        "In round 1, these 2 people together have something in common under “Languages” with only 1 of the others: "
        "B (welsh), C (urdu)."
    )


def test_a_lonely_adult_among_under_18s_is_told_of_too_and_a_lonely_under_18_may_rest() -> None:
    (cause,) = speaking(*["english"] * 7, "welsh", young="ab")
    assert cause.code == "impossible.nobody_shares"
    assert speaking(*["english"] * 7, "welsh", young="gh") == []
    assert speaking(*["english"] * 7, "welsh", young="ab", odd=Odd.REST) == []


def test_where_something_else_is_the_cause_the_languages_are_not_blamed() -> None:
    apart = frozenset((one, "h") for one in "abcdef")
    (cause,) = speaking(*["english"] * 8, keep_apart=apart, rounds=2)
    assert cause.code == "impossible.partners"


def test_where_no_cause_is_proven_those_whom_languages_bind_most_are_named() -> None:
    roster = crowd(8, {"languages": ("welsh", "welsh", *["english; welsh"], *["english"] * 5)})
    draft = desk(roster, Rules(rounds=2, share=("languages",)), ["ab", "cd", "ef", "gh"], ["ac", "bd", "eg", "fh"])
    found = reasons(draft, [Breach(Kind.GROUP, 0, 1, (3, 4))])
    tight = [str(reason) for reason in found if reason.code == "impossible.share_tight"]
    assert len(tight) == 1
    assert "A (welsh), B (welsh)" in tight[0]


def test_people_whom_nobody_may_talk_with_are_told_of_together() -> None:
    apart = frozenset((one, other) for one in "ab" for other in "abcdef" if one < other)
    (cause, *_) = reasons_of(crowd(6), Rules(rounds=1, keep_apart=apart))
    assert str(cause).startswith("In round 1, these 2 people may talk with nobody: A, B.")


@pytest.mark.parametrize(
    ("roster", "rules", "code"),
    [
        (crowd(6), Rules(rounds=6), "impossible.rounds"),
        (towns(*["x"] * 10, "y", "z"), Rules(rounds=3, across=(HARD,)), "impossible.group"),
    ],
)
def test_what_is_said_of_the_whole_room_is_not_said_again_of_everybody(roster: Roster, rules: Rules, code: str) -> None:
    assert [found for found in causes(roster, rules) if found.startswith("impossible.")] == [code]


def test_somebody_bound_by_more_than_the_room_is_named_beside_it() -> None:
    apart = frozenset({("a", "b"), ("a", "c"), ("a", "d")})
    found = [code for code in causes(crowd(6), Rules(rounds=6, keep_apart=apart)) if code.startswith("impossible.")]
    assert found == ["impossible.rounds", "impossible.partners", "impossible.partners_many"]


@pytest.mark.parametrize(("size", "most"), [(3, 1), (9, 6)])
@pytest.mark.parametrize("more", [1, 9])
def test_an_odd_room_is_told_as_many_rounds_as_it_can_have(size: int, most: int, more: int) -> None:
    (cause, *_) = reasons_of(crowd(size), Rules(rounds=most + more))
    assert (cause.code, cause.values["most"]) == ("impossible.rounds_odd", most)
    assert plan(crowd(size), Rules(rounds=most)).report["feasible"]


def test_what_the_least_bad_evening_bends_is_told_a_few_by_name() -> None:
    found = reasons_of(towns(*["x"] * 20, "y"), Rules(rounds=2, across=(HARD,)))
    told = [reason for reason in found if reason.code == "bent.group"]
    assert 1 <= len(told) <= 7
    assert found[-1].code == "bent.group_more"


def test_a_wish_that_is_not_kept_is_told_by_name() -> None:
    room = opened(crowd(6), Rules(rounds=1))
    told = [str(message) for message in bent(room, [Breach(Kind.PIN, 0, 0, (0, 1)), Breach(Kind.REST, 0, 2, (2,))])]
    assert told == ["A & B were to talk in round 1, and do not.", "C rests in round 1."]


def test_rests_are_counted_as_rests_and_meetings_as_meetings() -> None:
    room = opened(crowd(20), Rules(rounds=1))
    rests = [Breach(Kind.REST, 0, place, (place,)) for place in range(8)]
    again = [Breach(Kind.AGAIN, 0, place, (place, place + 1)) for place in range(10, 15)]
    assert [str(message) for message in bent(room, [*rests, *again])][-5:] == [
        "More second meetings like these: 2.",
        "A rests in round 1.",
        "B rests in round 1.",
        "C rests in round 1.",
        "More rests like these: 5.",
    ]
    assert "More" not in "".join(map(str, bent(room, again)))


def test_under_18s_who_rest_together_are_told_of_together_with_all_their_rounds() -> None:
    roster = crowd(6, under_18=(True, True, True), responsible_adult=(None, "d", "d"))
    resting = desk(roster, Rules(rounds=2), ["a", "b", "c", "d", "ef"], ["a", "bc", "de", "f"])
    assert [str(note) for note in notes(resting)] == [
        "A has nobody to talk with in rounds 1, 2 and rests; someone responsible for them sits with them.",
        "These 2 have nobody to talk with in round 1 and rest with D: B, C.",
    ]
    alone = desk(crowd(4, under_18=(True, True)), Rules(rounds=1), ["a", "b", "cd"])
    assert [str(note) for note in notes(alone)] == [
        "These 2 have nobody to talk with in round 1 and rest: A, B. Someone responsible for them sits with them."
    ]


def test_under_18s_who_rest_are_told_with_whom() -> None:
    family = crowd(4, under_18=(True,), responsible_adult=("b",))
    evening = plan(family, Rules(rounds=1))
    assert evening.report["reasons"] == ["A has nobody to talk with in round 1 and rests with B."]
    alone = plan(crowd(3, under_18=(True,)), Rules(rounds=1))
    assert alone.report["reasons"] == [
        "A has nobody to talk with in round 1 and rests; someone responsible for them sits with them."
    ]


def test_where_counting_shows_no_cause_it_is_said_how_far_the_search_went() -> None:
    rest = [Breach(Kind.REST, 0, 0, (0,))]
    for roster, rules in ((crowd(4), Rules(rounds=1)), (crowd(5), Rules(rounds=1)), (crowd(4, SIDES), ONE_ROUND)):
        draft = desk(roster, rules, ["ac", "bd"])
        told = reasons(draft, rest)
        assert [reason.code for reason in told] == ["impossible.searched", "bent.rest"]
        draft.proven = True
        assert reasons(draft, rest)[0].code == "impossible.proven"


def test_a_group_kept_apart_that_is_no_more_than_half_of_the_room_is_no_cause() -> None:
    roster = crowd(4, {"town": ("Bow", "Bow", "Ely", "Ely")})
    draft = desk(roster, Rules(rounds=1, across=(HARD,)), ["ab", "cd"])
    assert not any(reason.code == "impossible.group" for reason in reasons(draft, []))


def test_a_cap_that_can_be_kept_is_no_cause() -> None:
    rules = Rules(rounds=2, across=(Across("town", never_same=NeverSame.FEWEST, cap=2), HARD))
    draft = desk(crowd(2, {"town": ("x", "y")}), rules, ["ab"])
    assert "impossible.cap" not in [reason.code for reason in reasons(draft, [])]


def test_what_a_private_column_bars_is_said_without_its_name() -> None:
    roster = replace(crowd(3, {"faith": ("x", "y", "y")}), private=frozenset({"faith"}))
    found = reasons_of(roster, Rules(rounds=1, share=("faith",)))
    assert [reason.code for reason in found if reason.code.startswith("impossible.")] == ["impossible.nobody"]
    assert "Faith" not in " ".join(map(str, found))


def test_what_counting_tells_is_told_before_anything_is_planned():
    text = "name,organisation\n" + "\n".join(f"P{n},{'A' if n < 7 else 'B'}" for n in range(10))
    roster = read_roster(text.encode(), "sheet.csv").roster
    hard = check_rules({"across": {"organisation": {"never_same": "hard"}}}, roster)
    assert [message.code for message in foreseen(roster, hard)] == ["impossible.group"]
    assert foreseen(roster, default_rules(roster, rounds=3)) == []
    assert [message.code for message in foreseen(roster, default_rules(roster, rounds=30))] == ["impossible.rounds"]
