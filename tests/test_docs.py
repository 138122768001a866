"""What the documents show is true: each command runs, each file is read, each link leads somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from relexp.exchange.demo import demo_sheet

HOME = Path(__file__).parent.parent
DOCUMENTS = [*sorted(HOME.glob("*.md")), *sorted((HOME / "docs").rglob("*.md"))]
RELEXP = str(Path(sys.executable).with_name("relexp"))
FENCE = re.compile(r"^```(?P<kind>\w+)(?: (?P<note>[^\n]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"`(relexp|make|pip) ([^`]+)`")


@dataclass(frozen=True)
class Block:
    """A block of code in a document: a file to save (its note is the name), or something to run."""

    kind: str
    note: str
    body: str


def blocks(document: Path) -> list[Block]:
    """The blocks of code of a document, in order."""
    found = FENCE.finditer(document.read_text("utf-8"))
    return [Block(each["kind"], each["note"] or "", each["body"]) for each in found]


def commands(body: str) -> list[list[str]]:
    """The commands of a block, one a line, without their remarks."""
    return [words for line in body.splitlines() if (words := shlex.split(line, comments=True))]


def run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What a command shown in a document does, in a folder that holds what the document told to save."""
    assert words[0] == "relexp", f"nothing here runs {shlex.join(words)}"
    return subprocess.run([RELEXP, *words[1:]], cwd=folder, capture_output=True, text=True, check=False)


def is_there(tool: str, rest: str) -> bool:
    """Whether a command named in a sentence exists."""
    name = shlex.split(rest)[0]
    if tool == "make":
        return subprocess.run(["make", "-n", name], cwd=HOME, capture_output=True, check=False).returncode == 0
    if tool == "relexp":
        return subprocess.run([RELEXP, name, "--help"], capture_output=True, check=False).returncode == 0
    return name == "install"  # tests/test_ground.py installs the package and serves with it.


@pytest.mark.parametrize("document", ["docs/pair.md"])
def test_a_how_to_works_as_it_stands(document: str, tmp_path: Path) -> None:
    shown = 0
    for block in blocks(HOME / document):
        if block.kind in ("csv", "toml"):
            assert block.note, f"a {block.kind} block of {document} has no file name"
            (tmp_path / block.note).write_text(block.body, "utf-8")
            continue
        assert block.kind == "sh", f"nothing here checks a block of {block.kind}"
        for words in commands(block.body):
            done = run(words, tmp_path)
            assert done.returncode == (1 if block.note == "exits 1" else 0), f"{shlex.join(words)}: {done.stderr}"
            shown += 1
    assert shown


def test_the_readme_works_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "room.csv").write_bytes(demo_sheet())
    for block in blocks(HOME / "README.md"):
        if block.kind == "python":
            done = subprocess.run(
                [sys.executable, "-c", block.body], cwd=tmp_path, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            continue
        for words in commands(block.body):
            if words[0] == "make":
                assert is_there("make", words[1]), shlex.join(words)
            else:
                done = run(words, tmp_path)
                assert done.returncode == 0, f"{shlex.join(words)}: {done.stderr}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_named_in_a_sentence_is_there(document: Path) -> None:
    prose = FENCE.sub("", document.read_text("utf-8"))
    missing = [f"{tool} {rest}" for tool, rest in COMMAND.findall(prose) if not is_there(tool, rest)]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []
