"""The evening changed by hand on the page, kept over a reload, compared with chance, and shown to the room."""

import json
import re
from dataclasses import replace

import pytest

from relexp.apps.gathering import gathering
from relexp.apps.hand_steps import kept_pins, kept_steps, kept_text, under_new_ids
from relexp.exchange.demo import demo_sheet
from relexp.messages import say
from relexp.pairing.by_hand import Join, Keep, LetGo, Refused, Seat, Swap
from relexp.pairing.steps import Steps
from relexp.pairing.verify import verify
from relexp.roster.rule_check import default_rules
from relexp.roster.rules import Pin
from tests.apps.test_coming_back import screen
from tests.apps.test_gathering import PATIENCE, app_with, everything_shown, planned, sheet, shown


@pytest.fixture
def app():
    made = planned(app_with(demo_sheet()))
    made.evening.hand.bar.toggle.click()
    return made


def pair(app, number=1, place=0):
    """The people of one conversation, as ids."""
    return app.evening.evening.rounds[number - 1].conversations[place].people


def plain(markup):
    return re.sub("<[^>]+>", "", markup)


def offers(app):
    return [(offer.children[0], plain(offer.children[1].value)) for offer in app.evening.hand.suggested.children]


def together(app, *ids, number=1):
    return any({*ids} <= {*talk.people} for talk in app.evening.evening.rounds[number - 1].conversations)


def test_names_can_be_pressed_only_while_the_evening_is_changed_by_hand():
    app = planned(app_with(demo_sheet()))
    hand = app.evening.hand
    assert "<button" not in app.evening.seen.value
    hand.choose(pair(app)[0], 1)
    assert not shown(hand)
    hand.bar.toggle.click()
    assert app.evening.seen.value.count("data-person") == 54
    app.evening.view.value = 2
    assert app.evening.seen.value.count("data-person") == 54 * 5
    hand.bar.toggle.click()
    assert "<button" not in app.evening.seen.value


def test_changing_by_hand_begins_where_names_can_be_pressed():
    app = planned(app_with(demo_sheet()))
    app.evening.view.value = 1
    app.evening.hand.bar.toggle.click()
    assert "data-person" in app.evening.seen.value


def test_a_pressed_name_tells_where_and_offers_the_best_swaps_each_with_its_price(app):
    hand = app.evening.hand
    one, other = pair(app)
    hand.choose(one, 1)
    names = app.evening.evening.names
    assert shown(hand)
    assert app.voice.go == "hand"
    assert f"with {names[other]}." in plain(hand.about.value)
    assert len(offers(app)) == 3
    for press, price in offers(app):
        assert "table" in press.description
        assert price.startswith("Difference in the room")


@pytest.mark.parametrize("said", [{"person": "nobody", "round": 1}, {"person": 7, "round": 1}, {"round": 9}, {}])
def test_what_no_name_says_is_let_be(app, said):
    app.evening.hand.names._told(None, said, [])
    assert not shown(app.evening.hand)
    app.evening.hand.choose(pair(app)[0], 6)
    assert not shown(app.evening.hand)


def test_a_swap_is_done_undone_and_done_again_and_the_figures_follow(app):
    hand = app.evening.hand
    before = app.evening.evening
    one, other = pair(app)
    hand.names._told(None, {"person": one, "round": 1}, [])
    offers(app)[0][0].click()
    assert not together(app, one, other)
    assert not shown(hand)
    assert "Done:" in hand.bar.note.value
    assert app.voice.go == "hand-done"
    rules = default_rules(app.roster)
    assert verify(app.roster, rules, app.evening.evening) == ()
    after = app.evening.evening
    hand.bar.undo.click()
    assert app.evening.evening == before
    assert hand.bar.undo.disabled
    hand.bar.redo.click()
    assert app.evening.evening == after
    assert hand.bar.redo.disabled


def test_escape_or_close_lets_the_person_be_and_leads_back_to_the_name(app):
    hand = app.evening.hand
    one = pair(app)[0]
    for leave in (lambda: hand.names._told(None, {"leave": True}, []), hand.shut.click):
        hand.choose(one, 1)
        assert hand.names.chosen == f"at-1-{one}"
        leave()
        assert not shown(hand)
        assert app.voice.go == f"at-1-{one}"
        assert hand.names.chosen == ""


def test_why_this_pair_is_told_on_the_page_and_aloud(app):
    hand = app.evening.hand
    hand.choose(pair(app)[0], 1)
    hand.why.click()
    names = [app.evening.evening.names[id] for id in pair(app)]
    assert all(name in plain(hand.reason.value) for name in names)
    assert app.voice.text.strip("⁨⁩")


def test_somebody_else_is_found_by_name_and_the_price_comes_before_the_deed(app):
    hand = app.evening.hand
    one = pair(app)[0]
    hand.choose(one, 1)
    hand.other.value = "sun"
    (press,) = hand.found.children
    press.click()
    before = app.evening.evening
    assert app.voice.go == "hand-asks"
    assert "change places in round 1" in hand.asks.value
    assert "Difference in the room" in hand.asks.value
    hand.leave.click()
    assert app.evening.evening is before
    assert shown(hand.options)
    hand.other.value = "sun"
    hand.found.children[0].click()
    hand.do.click()
    assert app.evening.evening != before


def test_a_broken_rule_is_warned_of_and_then_stands_on_the_evening(app):
    hand = app.evening.hand
    evening, names = app.evening.evening, app.evening.evening.names
    one, other = pair(app, 1)
    third = next(talk for talk in evening.rounds[1].conversations if one in talk.people)
    partner = next(id for id in third.people if id != one)
    # Whoever sits with `one` in round 1 takes the place of their partner in round 2: the two meet twice.
    hand.choose(partner, 2)
    hand.other.value = names[other]
    hand.found.children[0].click()
    assert f"{names[one]} and {names[other]} meet more than once" in plain(hand.asks.value) or (
        f"{names[other]} and {names[one]} meet more than once" in plain(hand.asks.value)
    )
    assert hand.do.description == str(say("hand.do_all_the_same"))
    assert hand.do.button_style == ""
    hand.do.click()
    assert together(app, one, other, number=2)
    assert str(say("hand.not_kept")) in app.evening.heading.value
    hand.bar.undo.click()
    assert str(say("hand.not_kept")) not in app.evening.heading.value


def test_a_child_is_never_left_alone_with_an_adult():
    app = app_with(sheet(12, "name,organisation,under_18", lambda place: ",yes" if place < 6 else ",no"))
    app.rounds.value = 2
    planned(app)
    hand = app.evening.hand
    hand.bar.toggle.click()
    young = [person.id for person in app.roster if person.under_18]
    hand.choose(young[0], 1)
    assert offers(app)
    assert all(re.match("Person 00[1-5],", press.description) for press, _ in offers(app))
    hand.other.value = "Person 007"
    hand.found.children[0].click()
    assert "never allowed" in hand.asks.value
    assert not shown(hand.do)
    with pytest.raises(Refused):
        hand.steps.now.judge(Swap(1, young[0], app.roster.people[7].id))


def test_a_person_or_a_whole_conversation_moves_to_another_table(app):
    hand = app.evening.hand
    one, other = pair(app, 1, 3)
    where = app.evening.evening.rounds[0].conversations[3].table
    hand.choose(one, 1)
    hand.table.value = where + 1
    hand.all.click()
    assert "go to table" in hand.asks.value
    hand.do.click()
    assert next(talk.table for talk in app.evening.evening.rounds[0].conversations if one in talk.people) == where + 1
    hand.choose(one, 1)
    hand.table.value = 99
    hand.alone.click()
    assert "Nobody talks at table" in hand.asks.value
    hand.leave.click()
    hand.table.value = 1
    hand.alone.click()
    assert "joins" in hand.asks.value
    hand.do.click()
    assert len(app.evening.evening.rounds[0].conversations[0].people) == 3
    hand.choose(other, 1)
    assert "Rests in round 1." in hand.about.value
    assert not shown(hand.why)
    hand.why.click()
    hand.keep.click()
    assert hand.reason.value == ""
    assert hand.pins == ()


def test_a_conversation_that_is_kept_is_marked_and_planning_again_keeps_it(app):
    hand = app.evening.hand
    one, other = pair(app)
    partner = next(id for id in pair(app, 1, 1))
    hand.choose(other, 1)
    hand._do(Swap(1, other, partner))
    hand.choose(one, 1)
    hand.keep.click()
    assert app.evening.seen.value.count(str(say("hand.is_kept"))) == 1
    assert "Round 1:" in everything_shown(hand.kept)
    planned(app)
    assert together(app, one, partner)
    assert app.evening.seen.value.count(str(say("hand.is_kept"))) == 1
    assert not hand.touched
    hand.choose(one, 1)
    assert hand.keep.description == str(say("hand.let_go"))
    hand.keep.click()
    assert hand.pins == ()
    assert not shown(hand.kept)
    hand.bar.undo.click()
    hand.kept.children[1].children[1].click()
    assert hand.pins == ()


def test_what_is_kept_stays_where_no_evening_can_be_and_can_be_let_go_there():
    app = planned(app_with(sheet(4)))
    hand = app.evening.hand
    hand.bar.toggle.click()
    hand.choose(pair(app)[0], 1)
    hand.keep.click()
    app.rounds.value = 6
    planned(app)
    assert app.evening.evening is None
    assert shown(hand.kept)
    hand.kept.children[1].children[1].click()
    assert hand.pins == ()
    hand.bar.toggle.click()
    hand.bar.undo.click()
    assert app.evening.evening is None


def test_kept_rounds_that_the_evening_no_longer_has_are_not_asked_for(app):
    hand = app.evening.hand
    hand.choose(pair(app, 5)[0], 5)
    hand.keep.click()
    app.rounds.value = 3
    planned(app)
    assert len(app.evening.evening.rounds) == 3


def test_another_sheet_begins_with_nothing_kept_and_nothing_chosen(app):
    hand = app.evening.hand
    hand.choose(pair(app)[0], 1)
    hand.keep.click()
    hand.choose(pair(app)[0], 1)
    app.sheet.choose("other.csv", sheet(8))
    assert hand.pins == ()
    assert not shown(hand)
    assert hand.steps is None


def test_everything_done_by_hand_is_there_after_a_reload(store):
    before = planned(app_with(sheet(12)))
    hand = before.evening.hand
    hand.bar.toggle.click()
    for place in (0, 1):
        hand.choose(pair(before, 2, place)[0], 2)
        offers(before)[0][0].click()
    hand.bar.undo.click()
    hand.choose(pair(before, 1)[0], 1)
    hand.keep.click()
    hand.bar.undo.click()
    after = gathering()
    assert after.evening.evening.rounds == before.evening.evening.rounds
    assert after.evening.hand.steps.done == hand.steps.done
    assert after.evening.hand.steps.undone == hand.steps.undone
    assert after.evening.csv.make() == before.evening.csv.make()
    after.evening.hand.bar.redo.click()
    assert len(after.evening.hand.pins) == 1
    again = gathering()
    assert again.evening.hand.pins == after.evening.hand.pins
    again.evening.hand.bar.undo.click()
    again.evening.hand.bar.undo.click()
    assert again.evening.evening.rounds == hand.steps.start.rounds
    planned(again)
    assert gathering().evening.hand.pins == ()


def test_the_steps_come_back_whatever_they_were_and_from_damaged_text_nothing_does(app):
    evening, roster = app.evening.evening, app.roster
    rules = default_rules(roster)
    a, b = pair(app, 1, 0)
    c, d = pair(app, 1, 1)
    steps = Steps(evening, roster, rules)
    for change in (Swap(1, a, c), Join(2, a, d), Seat(3, a, 9), Keep(1, (a, d)), LetGo(1, (a, d))):
        try:
            steps = steps.do(change)
        except Refused:
            steps = steps.do(Seat(2, b, 7))
    steps = steps.undo()
    text = kept_text(steps.now.rules.pins, steps)
    found = kept_steps(text, steps.now.evening, roster, rules)
    assert (found.done, found.undone) == (steps.done, steps.undone)
    assert found.now.evening.rounds == steps.now.evening.rounds
    assert kept_pins(text, roster) == steps.now.rules.pins
    assert kept_steps(text, evening, roster, rules) is None, "of another evening"
    assert kept_pins(text, replace(roster, people=())) == ()
    assert kept_text((), None) == ""
    assert kept_pins(kept_text((Pin(1, (a, b)),), None), roster) == (Pin(1, (a, b)),)
    shape = json.loads(text)
    for key in shape:
        for value in (
            None,
            7,
            "x",
            [1],
            [["swap", 1]],
            [["walk", 1, "a", "b"]],
            [["swap", "1", "a", "b"]],
            [[1, 2]],
            {},
        ):
            spoilt = json.dumps(shape | {key: value})
            kept_steps(spoilt, steps.now.evening, roster, rules)
            kept_pins(spoilt, roster)
    for spoilt in ("", "[]", "7", "{", "[" * 100_000):
        assert kept_steps(spoilt, evening, roster, rules) is None
        assert kept_pins(spoilt, roster) == ()


def test_what_was_done_by_hand_goes_along_to_new_ids_where_ids_stand_and_nowhere_else():
    shape = {
        "pins": [[1, ["swap", "b"]]],
        "before": [],
        "done": [["swap", 1, "swap", "b"], ["keep", 1, ["swap", "b"]], ["seat", 2, "b", 7]],
        "undone": [["let go", 1, ["pins", "done"]]],
    }
    ids = {"swap": "x", "keep": "y", "pins": "z", "b": "swap"}
    moved = json.loads(under_new_ids(json.dumps(shape), ids))
    assert moved == {
        "pins": [[1, ["x", "swap"]]],
        "before": [],
        "done": [["swap", 1, "x", "swap"], ["keep", 1, ["x", "swap"]], ["seat", 2, "swap", 7]],
        "undone": [["let go", 1, ["z", "done"]]],
    }


@pytest.mark.parametrize(
    "spoilt", ["", "[]", "7", "{", "[" * 100_000, '{"pins": 7}', '{"pins": [7]}', '{"done": [[]]}', '{"planned": "x"}']
)
def test_what_is_no_step_is_left_as_it_is(spoilt):
    assert under_new_ids(spoilt, {"a": "b"}) == spoilt


def test_a_private_answer_is_in_nothing_said_about_a_change():
    faiths = ("Quakerly", "Baptistly", "Sunnily")
    app = planned(app_with(sheet(24, "name,organisation,Faith", lambda place: f",{faiths[place % 3]}")))
    hand = app.evening.hand
    hand.bar.toggle.click()
    hand.choose(pair(app)[0], 1)
    hand.why.click()
    hand.other.value = "person 0"
    words = everything_shown(hand) + app.voice.text
    hand.found.children[0].click()
    compare(app)
    words += everything_shown(hand) + everything_shown(app.evening.compare) + json.dumps(app.evening.room.rounds)
    assert not [word for word in (*faiths, "Faith") if word in words]


def test_what_is_shown_to_the_room_is_names_rounds_and_tables_alone():
    data = sheet(7, "name,organisation,interpreter for", lambda place: ",Person 000" if place == 5 else ",")
    app = planned(app_with(data))
    screens = app.evening.room.rounds
    assert [each["title"] for each in screens] == [f"Round {number}" for number in range(1, len(screens) + 1)]
    for round, screen_ in zip(app.evening.evening.rounds, screens, strict=True):
        assert set(screen_) == {"title", "of", "seats", "resting"}
        names = [name for seat in screen_["seats"] for name in seat["names"]] + screen_["resting"]
        assert sorted(names) == [f"Person {place:03}" for place in range(7)]
        assert [seat["number"] for seat in screen_["seats"]] == [talk.table for talk in round.conversations]


def compare(app):
    panel = app.evening.compare
    panel.begin.click()
    working = panel.working
    if working is not None:
        working.wait(PATIENCE)
    return panel


def test_the_comparison_says_what_is_better_and_shows_it_as_a_table(app):
    panel = compare(app)
    words = plain(panel.result.value)
    assert "Compared with 200 evenings of each kind." in words
    assert "Better than in every evening with everybody drawn by lot: difference, 0 to 100;" in words
    assert panel.result.value.count("<svg") == panel.result.value.count("<tr>") - 1 == 6
    assert not panel.begin.disabled
    assert not shown(panel.stop)
    assert app.voice.go == "compared"


def test_the_comparison_says_when_a_plan_changes_little():
    app = planned(app_with(sheet(3)))
    assert "In this room a plan changes little" in compare(app).result.value


def test_the_comparison_can_be_stopped_and_is_gone_when_the_evening_is_another(app, monkeypatch):
    import relexp.apps.compare_panel as module

    told = []
    real = module.compare

    def slowly(evening, roster, rules, watch):
        def stopping(share):
            told.append(app.evening.compare.progress.value)
            app.evening.compare.stop.click()
            return watch(share)

        return real(evening, roster, rules, watch=stopping)

    monkeypatch.setattr(module, "compare", slowly)
    panel = compare(app)
    assert "Compared with 1 evenings" in panel.result.value
    assert "<progress" in told[0]
    app.evening.hand.choose(pair(app)[0], 1)
    offers(app)[0][0].click()
    assert panel.result.value == ""


def test_a_fault_in_the_comparison_is_told_kindly(app, monkeypatch):
    def fails(*args, **kwargs):
        raise KeyError("Amina is Muslim")

    monkeypatch.setattr("relexp.apps.compare_panel.compare", fails)
    panel = compare(app)
    assert str(say("app.broke")) in panel.result.value
    assert "Muslim" not in panel.result.value


def test_a_screen_after_a_change_is_the_same_as_after_a_reload_of_it(store):
    before = planned(app_with(sheet(12)))
    hand = before.evening.hand
    hand.bar.toggle.click()
    hand.choose(pair(before)[0], 1)
    hand.keep.click()
    hand.bar.toggle.click()
    after = gathering()
    left, right = screen(before), screen(after)
    assert left["room"] == right["room"]
    assert before.evening.seen.value == after.evening.seen.value
    assert before.evening.promises.value == after.evening.promises.value
