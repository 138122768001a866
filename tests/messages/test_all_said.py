"""No sentence is written that nobody ever hears."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import relexp
from relexp.messages import TEMPLATES

HOUSE = Path(relexp.__file__).parent
# Sentences that stand for another one, of several people or with a word spelt like it: "rules.no_person_near".
ENDINGS = ("_many", "_near")


def said() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every code that stands in the code or on a printed page, and a pattern for each that is put together there."""
    codes, patterns = set[str](), list[re.Pattern[str]]()
    for path in HOUSE.rglob("*.py"):
        if path.name.endswith("_messages.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                codes.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values)
                patterns.append(re.compile("".join(parts)))
    for page in (*HOUSE.rglob("*.j2"), *HOUSE.rglob("*.html")):
        text = page.read_text("utf-8")
        codes.update(re.findall(r'"([a-z]+\.[a-z_]+)"', text))
        patterns += [re.compile(re.escape(start) + ".+") for start in re.findall(r'"([a-z]+\.[a-z_]*)" ~', text)]
    return codes, patterns


CODES, PATTERNS = said()


def is_said(code: str) -> bool:
    """Whether a code is said anywhere."""
    return code in CODES or any(pattern.fullmatch(code) for pattern in PATTERNS)


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_every_sentence_is_said_somewhere(code: str) -> None:
    stem = next((code.removesuffix(ending) for ending in ENDINGS if code.endswith(ending)), code)
    assert is_said(code) or (stem != code and is_said(stem))


def test_a_sentence_that_is_only_written_is_found() -> None:
    assert not is_said("impossible.tables")
    assert not is_said("app.nobody_says_this")
