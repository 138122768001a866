"""An exercise is read from its texts, a learner's work from theirs; what is wrong with either is told with its place."""

from __future__ import annotations

import pytest

from relexp.learning.checks import Verdict, length, look, says
from relexp.learning.exercise_reading import read_exercise
from relexp.learning.form import read_form
from relexp.learning.plain import headed, table
from relexp.learning.work import as_text, fit, nested, read_work
from relexp.messages import FaultsFound

TASK = """# Say hello

Write a greeting.

## The checks

| check | met | not yet |
|---|---|---|
| `short` **It is short.** | Yes, it is. | It is long. |
| `by-name` It has a name. | It has. | Whose is it? |
| not a check | | |

## If you are stuck

- Begin with hello.
"""
FORM = """
[[field]]
key = "hello"
kind = "text"
label = "The greeting"
most = 20

[[field]]
key = "to.names"
kind = "texts"
label = "To whom"

[[field]]
key = "to.old"
kind = "hidden"

[[field]]
key = "loud"
kind = "yes"
label = "Loudly"

[[field]]
key = "line"
kind = "cards"
label = "Lines"
card = "Line"
most = 2

[[field.field]]
key = "how"
kind = "choice"
label = "How"
choices = { sung = "Sung", said = "Said" }

[[field.field]]
key = "tone"
kind = "number"
label = "Tone"
most = 8
only = { key = "how", values = ["sung"] }

[[field.field]]
key = "moods"
kind = "choices"
label = "Moods"
choices = { glad = "Glad" }

[[field.field]]
key = "beats"
kind = "numbers"
label = "Beats"
"""
STARTER = 'hello = "Hello there, hello there"\n'.replace(", hello there", "")
TEXTS = {
    "task.md": TASK,
    "form.toml": FORM,
    "starter.toml": STARTER,
    "exemplar.toml": 'hello = "Hi"\n[to]\nnames = ["Siân"]\n',
}
FUNCTIONS = {
    "short": lambda work: length(work["hello"]) < 2,
    "by_name": lambda work: bool(work["to.names"]),
    "UNSURE": frozenset({"by-name"}),
}


def faults(call, *given) -> list[tuple[str, str | None, int | None]]:
    """What is wrong: the codes, the places, the lines."""
    with pytest.raises(FaultsFound) as found:
        call(*given)
    return [(fault.message.code.removeprefix("exercise."), fault.key, fault.line) for fault in found.value.faults]


def test_an_exercise_is_read_with_its_checks_apart_from_its_task() -> None:
    exercise = read_exercise("hello", TEXTS, FUNCTIONS)
    assert (exercise.title, exercise.task) == ("Say hello", "Write a greeting.")
    assert exercise.stuck == "## If you are stuck\n\n- Begin with hello."
    assert [(check.id, check.asks, check.unsure) for check in exercise.checks] == [
        ("short", "**It is short.**", False),
        ("by-name", "It has a name.", True),
    ]
    found = look(exercise, read_work(exercise.form, exercise.starter))
    assert [(each.verdict, each.says) for each in found] == [
        (Verdict.NOT_YET, "It is long."),
        (Verdict.NOT_YET, "Whose is it?"),
    ]
    assert [each.says for each in look(exercise, read_work(exercise.form, exercise.exemplar))] == [
        "Yes, it is.",
        "It has.",
    ]


def test_all_that_is_wrong_with_an_exercise_is_told_at_once() -> None:
    assert faults(read_exercise, "hello", {}, {}) == [
        ("no_form", "form.toml", None),
        ("no_checks", "task.md", None),
    ]
    spoilt = TEXTS | {"starter.toml": "hello = 3", "exemplar.toml": "hello =\n"}
    assert faults(read_exercise, "hello", spoilt, {"short": FUNCTIONS["short"], "by_name": 7}) == [
        ("no_text", "starter.toml: hello", None),
        ("no_toml", "exemplar.toml: ", 1),
        ("no_function", "checks.py", None),
    ]
    assert (
        faults(read_exercise, "hello", TEXTS | {"form.toml": '[[field]]\nkind = "text"'}, FUNCTIONS)[0][0] == "no_form"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('hello = "\n', ("no_toml", None, 1)),
        ("loud = true\nhello = “Hi”\n", ("curly", None, 2)),
        ("line = [", ("stops", None, None)),
        ("loud = 1", ("no_yes", "loud", None)),
        (f'hello = "{"a" * 21}"', ("too_long", "hello", None)),
        ("to = 1", ("no_table", "to.names", None)),
        ("[to]\nnames = 1", ("no_list", "to.names", None)),
        ("[to]\nnames = [1]", ("no_text", "to.names[1]", None)),
        ("[to]\nold = [1]", ("no_text", "to.old", None)),
        ("[to]\nold = 1000", ("no_text", "to.old", None)),
        ("line = [1]", ("no_card", "line[1]", None)),
        ("[[line]]\n[[line]]\n[[line]]", ("too_many", "line", None)),
        ('[[line]]\nhow = "shouted"', ("no_choice", "line[1].how", None)),
        ("[[line]]\ntone = 9", ("no_number", "line[1].tone", None)),
        ("[[line]]\ntone = true", ("no_number", "line[1].tone", None)),
        ("[[line]]\nbeats = [-1]", ("no_number", "line[1].beats[1]", None)),
        ("[[line]]\n[[line]]\ntones = 1", ("stranger", "line[2].tones", None)),
        ("helo = 1", ("stranger", "helo", None)),
        ("[to]\nname = 1", ("stranger", "to.name", None)),
    ],
)
def test_what_a_field_cannot_hold_is_told_with_its_place(text, told) -> None:
    assert told in faults(read_work, read_form(FORM), text)


def test_what_cannot_be_read_at_all_is_told_in_plain_words() -> None:
    assert faults(read_work, read_form(FORM), f"loud = {'9' * 5000}") == [("no_work", None, None)]


def test_work_comes_back_from_its_text_and_what_has_no_meaning_is_left_out() -> None:
    form = read_form(FORM)
    lines = [{"how": "sung", "tone": 3, "beats": [1, 2]}, {"how": "said", "tone": 5, "moods": ["glad", ""]}]
    work = fit(form, {"hello": 'Say "হ্যালো"\n\x7f', "to": {"names": ["a", "b"], "old": 7}, "loud": True, "line": lines})
    text = as_text(form, work)
    assert "tone = 5" not in text
    again = read_work(form, text)
    assert again["line"][1] == {"how": "said", "tone": 0, "moods": ("glad", ""), "beats": ()}
    assert {**again, "line": work["line"]} == work
    assert fit(form, nested(work)) == work


def test_half_a_letter_is_written_as_a_sign_that_can_be_read() -> None:
    form = read_form(FORM)
    text = as_text(form, fit(form, {"hello": "a\ud800"}))
    assert read_work(form, text)["hello"] == "a�"


def test_a_field_is_drawn_from_its_shape() -> None:
    hello, names, _, loud, line = (field.shape() for field in read_form(FORM))
    assert (hello["label"], hello["most"], hello["empty"]) == ("The greeting", 20, "")
    assert (names["empty"], loud["empty"]) == ([], False)
    assert line["fields"][0]["choices"] == [["sung", "Sung"], ["said", "Said"]]
    assert (line["fields"][1]["only"], line["fields"][1]["empty"]) == (["how", ["sung"]], 0)


def test_words_are_found_whole_and_in_any_case() -> None:
    assert says("Her brother’s coat", "brother's")
    assert says("WE meet", "us", "we")
    assert not says("wealth", "we")


def test_a_text_is_taken_apart_at_its_headings_and_tables() -> None:
    assert headed("# A\n\nb\n\n## C\nd\n") == ("A", ("b", "## C\nd"))
    assert table("no table") == ()
    assert table(TASK)[0] == ("`short` **It is short.**", "Yes, it is.", "It is long.")
