"""A rules file is read whatever its encoding, and a file that is not written as rules are is refused with the line."""

from __future__ import annotations

import pytest

import relexp.exchange.rule_files
from relexp.exchange.rule_files import load_rules, read_rules, with_lines
from relexp.messages import Fault, FaultsFound, Message
from relexp.roster.person import Person, Roster
from relexp.roster.rules import Rules

ROOM = Roster(
    people=tuple(Person(id, id, values={"organisation": id}) for id in ("p1", "p2", "p3", "é")),
    columns={"organisation": "Organisation"},
)
TEXT = 'rounds = 2\nkeep_apart = [["p1", "é"]]\n[across.organisation]\n'


def refused(data, tmp_path):
    """The one fault for which a file of these bytes is refused."""
    path = tmp_path / "rules.toml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(FaultsFound) as found:
        load_rules(path, ROOM)
    (fault,) = found.value.faults
    assert fault.text()
    return fault.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_is_read_in_the_encodings_that_editors_write(tmp_path, encoding, ends):
    path = tmp_path / "rules.toml"
    path.write_bytes(TEXT.replace("\n", ends).encode(encoding))
    rules = load_rules(path, ROOM)
    assert rules.rounds == 2
    assert rules.keep_apart == {("p1", "é")}
    assert load_rules(str(path), ROOM) == rules


def test_an_empty_file_is_no_fault(tmp_path):
    (tmp_path / "rules.toml").write_bytes(b"")
    assert isinstance(load_rules(tmp_path / "rules.toml", ROOM), Rules)


def test_all_faults_of_the_rules_come_together(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text('rounds = 0\nseed = "x"\n')
    with pytest.raises(FaultsFound) as found:
        load_rules(path, ROOM)
    assert [fault.key for fault in found.value.faults] == ["rounds", "seed"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("rounds = 3\nodd = trio\n", "rules.syntax", 2),
        ("rounds 3", "rules.syntax", 1),
        ("rounds = 3\n\n[across.who did you come with]", "rules.syntax", 3),
        ("odd = “trio”", "rules.curly", 1),
        ("rounds = 3\nrounds = 4\n", "rules.twice", 2),
        ("[tables]\ncount = 3\n[tables]\n", "rules.twice", 3),
        ("tables = {count = 3}\n[tables.more]\n", "rules.twice", 2),
    ],
)
def test_a_slip_of_the_pen_is_shown_with_its_line(tmp_path, text, code, line):
    message = refused(text, tmp_path)
    assert (message.code, message.values["line"]) == (code, line)
    assert message.values["found"] == text.splitlines()[line - 1]
    assert "rules.toml" in str(message)


def test_a_file_that_stops_half_way_is_shown_its_end(tmp_path):
    assert refused('note = """\nrounds', tmp_path).code == "rules.syntax_end"
    message = refused('rounds = 3\nmet_before = [["p1", "p2"],\n["p1", "é"]\n', tmp_path)
    assert (message.code, message.values["line"]) == ("rules.syntax_open", 2)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"PK\x03\x04\xe2", "odd = “trio”".encode("cp1252"), b"rounds = " + b"9" * 5000]
)
def test_what_is_no_text_is_no_rules_file(tmp_path, data):
    assert refused(data, tmp_path).code == "rules.not_text"


def test_brackets_without_end_do_not_bring_the_reader_down():
    with pytest.raises(FaultsFound):
        read_rules(b"rounds = " + b"[" * 100_000, "rules.toml")


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(FaultsFound, match="There is no rules file"):
        load_rules(tmp_path / "nothing.toml", ROOM)
    with pytest.raises(FaultsFound, match="cannot be read"):
        load_rules(tmp_path, ROOM)


def test_every_fault_is_told_with_its_line_and_its_key(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(
        '# for May\nrounds = 0\nkeep_apart = [\n  ["p1", "p2"],\n  ["p1", "p9"],\n]\n[tables]\nquite = [1]\n'
    )
    with pytest.raises(FaultsFound) as found:
        load_rules(path, ROOM)
    assert [fault.text().split(":")[0] for fault in found.value.faults] == [
        "line 2, “rounds”",
        "line 5, “keep_apart[2]”",
        "line 8, “tables.quite”",
    ]


def test_faults_of_a_file_too_deep_to_follow_are_told_without_lines(tmp_path, monkeypatch):
    def lose(text):
        raise RecursionError

    monkeypatch.setattr(relexp.exchange.rule_files, "lines_of", lose)
    (fault,) = with_lines([Fault(Message("rules.order_twice"), key="rounds")], b"rounds = 1")
    assert (fault.line, fault.key) == (None, "rounds")
