"""A unit in another language, or in easy words, from the files that lie beside its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog

from relexp.exchange.units import load_units
from relexp.exchange.word_files import brought_up_to_date, faults_in, read_words, said
from relexp.learning.easy import EASY, easy
from relexp.learning.unit import Unit
from relexp.learning.wording import worded, words_of
from relexp.messages import Fault, FaultsFound, say
from relexp.messages.language import ENGLISH, LOCALE, sentences, to_learners

# The short name of the edition in easy words.
SIMPLE = "easy"


@dataclass(frozen=True)
class Edition:
    """A unit as somebody reads it: in a language, with how it runs, or in easy words.

    `share` is how much of the unit's texts is in that language, from 0 to 1; the rest is in English. `notes` say to the
    reader that it is a draft or not whole, in that language and in English, by the languages' codes.
    """

    unit: Unit
    language: str = ENGLISH
    direction: str = "ltr"
    share: float = 1.0
    notes: Mapping[str, str] = field(default_factory=dict)
    easy: bool = False


def edition(folder: Path, unit: Unit, language: str = ENGLISH, simple: bool = False) -> Edition:
    """A unit in a language, or in easy words (in English only); as it is where there is no such file."""
    if simple and (folder / EASY).is_file():
        text = (folder / EASY).read_text(encoding="utf-8")
        return Edition(easy(unit, text), easy=True)
    if language not in languages_of(folder):
        return Edition(unit)
    catalogue = read_words(folder / f"{language}.po")
    translated, share = in_language(unit, catalogue)
    direction = Locale.parse(language).text_direction
    return Edition(translated, language, direction, share, _notes(catalogue, share))


def editions(folder: Path) -> tuple[str, ...]:
    """How a unit can be read, by short names: "" as it is written, a language's code, and SIMPLE in easy words."""
    return ("", *languages_of(folder), *((SIMPLE,) if (folder / EASY).is_file() else ()))


def edition_called(folder: Path, unit: Unit, name: str) -> Edition:
    """The edition of a unit with a short name, as `editions` tells them."""
    return edition(folder, unit, simple=True) if name == SIMPLE else edition(folder, unit, name or ENGLISH)


def languages_of(folder: Path) -> dict[str, str]:
    """The languages that a unit can be read in beside English, by their codes: each in its own name."""
    names = {path.stem: Locale.parse(path.stem).get_display_name() or path.stem for path in sorted(folder.glob("*.po"))}
    return {code: name[0].upper() + name[1:] for code, name in names.items()}


def in_language(unit: Unit, catalogue: Catalog) -> tuple[Unit, float]:
    """A unit with each text in a language, and English where it is not translated; and the share that is, from 0 to 1.

    A translation of a text whose English has changed since is not used. The English words of a short answer are
    understood beside the translated ones.
    """
    texts = words_of(unit)
    known = {id: translated for id, text in texts.items() if (translated := said(catalogue, id, text))}
    return worded(unit, lambda id, text: known.get(id, text)), len(known) / max(1, len(texts))


def bring_words_up_to_date(module: Path, new: str = "", locale: Path = LOCALE) -> dict[Path, bytes]:
    """What the translators' files of a module and of what is said to learners should hold now, by their paths.

    `new` is a language to begin. Raises FaultsFound where a unit or a file is not right, or the language is none.
    """
    files = {
        path: brought_up_to_date(words_of(unit), path)
        for folder, unit in _folders(module)
        for path in _paths(folder, new)
    }
    return files | {path: brought_up_to_date(to_learners(), path) for path in _paths(locale, new)}


def faults_of_words(module: Path, locale: Path = LOCALE) -> tuple[Fault, ...]:
    """All that is wrong in a module's translations and easy texts, and in what is said to learners, with its place."""
    faults = []
    for folder, unit in _folders(module):
        for path in _paths(folder):
            faults += [_at(folder, path.name, fault) for fault in _faults(words_of(unit), path)]
        try:
            edition(folder, unit, simple=True)
        except FaultsFound as found:
            faults += [_at(folder, "", fault) for fault in found.faults]
    for path in _paths(locale):
        faults += [_at(locale, path.name, fault) for fault in _faults(to_learners(), path)]
    return tuple(faults)


def _folders(module: Path) -> Iterator[tuple[Path, Unit]]:
    for unit in load_units(module):
        yield module / f"{unit.number:02}-{unit.id}", unit


def _paths(folder: Path, new: str = "") -> list[Path]:
    return sorted({*folder.glob("*.po"), *([folder / f"{new}.po"] if new else [])})


def _faults(texts: dict[str, str], path: Path) -> tuple[Fault, ...]:
    try:
        return tuple(faults_in(texts, read_words(path)))
    except FaultsFound as found:
        return found.faults


def _at(folder: Path, file: str, fault: Fault) -> Fault:
    place = f"{file}: {fault.key}" if file and fault.key and fault.key != file else fault.key or file
    return replace(fault, key=f"{folder.name}/{place}")


def _notes(catalogue: Catalog, share: float) -> dict[str, str]:
    """That it is a draft, and how much of it is translated: in its language first, then in English."""
    known = [say("words.read_draft")] if catalogue.fuzzy else []
    if share < 1:
        # Never 100 in 100 of what is not whole.
        known.append(say("words.read_partly", percent=int(100 * share)))
    language = str(catalogue.locale)
    own = sentences(language)
    there = {language: " ".join(each.text(own) for each in known)} if all(each.code in own for each in known) else {}
    return there | {ENGLISH: " ".join(each.text() for each in known)} if known else {}
