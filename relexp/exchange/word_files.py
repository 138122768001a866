"""Translations as translators' tools keep them: a gettext file a language, brought up to date, read and looked over.

Each text has an id (msgctxt) and its English (msgid). Where the English has changed, what was translated stays as a
proposal ("fuzzy"), and English is said until somebody has read it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import PoFileError, read_po, write_po

from relexp.exchange.whole import read_whole
from relexp.learning.plain import look_at, shape
from relexp.messages import Fault, FaultsFound, say

_GAP = re.compile(r"\{\w*\}")
_BEFORE = "The English was: "
_HEAD = """# {name}: a draft. Whoever speaks it is asked to read it and to mend it, then to take away the line below
# that says "fuzzy"; until then whoever reads it is told that it is a draft. Each msgid is the English text.
#, fuzzy
msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def read_words(path: Path) -> Catalog:
    """A file of translations. Raises FaultsFound where it is none, or not there."""
    data = read_whole(path)
    try:
        return read_po(BytesIO(data), locale=path.stem, abort_invalid=True)
    except (PoFileError, ValueError, UnknownLocaleError) as error:
        raise FaultsFound([Fault(say("words.broken", why=str(error)), key=path.name)]) from error


def said(catalogue: Catalog, id: str, text: str) -> str:
    """What is said for a text in a language; "" where it is not translated, or not since it has changed."""
    entry = catalogue.get(text, id)
    return str(entry.string) if entry is not None and entry.string and not entry.fuzzy else ""


def brought_up_to_date(texts: Mapping[str, str], path: Path) -> bytes:
    """A language's file for these texts, with all that is translated in it kept.

    What only moved stays translated; what changed is a proposal until it is read again; what has gone is kept at the
    end, for whoever writes it again. Raises FaultsFound where the path is named after no language.
    """
    old, head = _old(path)
    new = Catalog(locale=path.stem, fuzzy=old.fuzzy)
    entries = [entry for entry in (*old, *old.obsolete.values()) if entry.id and entry.string]
    used: set[tuple[object, object]] = set()
    for id, text in texts.items():
        found = _found(entries, id, texts)
        if found is None:
            new.add(text, context=id)
            continue
        used.add((found.context, found.id))
        flags = found.flags if found.id == text else found.flags | {"fuzzy"}
        new.add(text, found.string, context=id, flags=flags, user_comments=_comments(found, text))
    for entry in entries:
        if (entry.context, entry.id) not in used:
            new.obsolete[(str(entry.id), str(entry.context))] = entry
    body = BytesIO()
    write_po(body, new, width=0, omit_header=True)
    return head.encode() + b"\n" + body.getvalue().strip() + b"\n"


def faults_in(texts: Mapping[str, str], catalogue: Catalog) -> Iterator[Fault]:
    """What is wrong in a language's file, each with the id of the text: what is missing is no fault, it is English."""
    for entry in catalogue:
        if not entry.id:
            continue
        id, text, translated = str(entry.context), str(entry.id), str(entry.string)
        if id not in texts:
            yield Fault(say("words.unknown", id=id), key=id)
        elif texts[id] != text:
            yield Fault(say("words.stale"), key=id)
        elif translated and not entry.fuzzy:
            yield from _faults(id, text, translated)
    for id in texts.keys() - {str(entry.context) for entry in catalogue}:
        yield Fault(say("words.stale"), key=id)


def _faults(id: str, text: str, translated: str) -> Iterator[Fault]:
    english, other = look_at(text), look_at(translated)
    links, images = sorted(english.links), sorted(address for address, _ in english.images)
    if sorted(other.links) != links:
        yield Fault(say("words.link", links=", ".join(links) or "–"), key=id)
    if sorted(address for address, stands_for in other.images if stands_for.strip()) != images:
        yield Fault(say("words.image", images=", ".join(images) or "–"), key=id)
    if sorted(_GAP.findall(translated)) != sorted(_GAP.findall(text)):
        yield Fault(say("words.gap", gaps=", ".join(sorted(_GAP.findall(text))) or "–"), key=id)
    if shape(translated) != shape(text):
        yield Fault(say("words.shape"), key=id)
    if other.html:
        yield Fault(say("words.html", html=other.html[0][:40]), key=id)


def _found(entries: list[Entry], id: str, texts: Mapping[str, str]) -> Entry | None:
    """What was translated of a text: the very same, else the same English near by, else what had its id."""
    text, part, english = texts[id], id.rpartition(".")[0], {*texts.values()}
    tests: tuple[Callable[[Entry], bool], ...] = (
        lambda entry: entry.context == id and entry.id == text,
        lambda entry: entry.id == text and str(entry.context).rpartition(".")[0] == part,
        lambda entry: entry.context == id and entry.id not in english,
    )
    return next((entry for test in tests for entry in entries if test(entry)), None)


def _comments(entry: Entry, text: str) -> list[str]:
    """What translators noted; and of a proposal, which English it is a translation of."""
    noted = [each for each in entry.user_comments if not each.startswith(_BEFORE)]
    if entry.id != text:
        return [*noted, f"{_BEFORE}{' '.join(str(entry.id).split())}"]
    return list(entry.user_comments) if entry.fuzzy else noted


def _old(path: Path) -> tuple[Catalog, str]:
    """A language's file as it is, and its head, which is its translator's; a draft where it is not there yet."""
    if path.is_file():
        head, _, _ = read_whole(path).decode("utf-8").replace("\r\n", "\n").partition("\n\n")
        return read_words(path), f"{head.rstrip()}\n"
    try:
        name = Locale.parse(path.stem).get_display_name("en") or path.stem
    except (UnknownLocaleError, ValueError):
        raise FaultsFound([Fault(say("words.language", language=path.stem))]) from None
    return Catalog(locale=path.stem, fuzzy=True), _HEAD.format(name=name, code=path.stem)
