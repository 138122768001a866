"""The languages of the phone pages, and of what stands around an app: English, and each file in the folder locale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.messages.pofile import read_po
from markupsafe import Markup, escape
from tornado.web import RequestHandler

from relexp.server.places import SERVER

LOCALE = SERVER / "locale"
COOKIE = "relexp-language"
# A whole room looks at a screen: what its browser likes, or somebody on their phone, does not decide for it.
SCREEN = "relexp-screen-language"
A_YEAR = 366


@dataclass(frozen=True)
class Language:
    """A language: its own name, the way it runs, and each English sentence in it; `draft` until it is reviewed."""

    code: str
    name: str = "English"
    direction: str = "ltr"
    draft: bool = False
    sentences: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    def __call__(self, sentence: str, **values: object) -> Markup:
        """A sentence in this language, or in English where it is not translated; what fills its gaps is escaped."""
        said = escape(self.sentences.get(sentence) or sentence)
        return said % values if values else said


ENGLISH = Language("en")


@cache
def languages(folder: Path = LOCALE) -> tuple[Language, ...]:
    """Every language there is, English first: each file of the folder is one, by its name."""
    return (ENGLISH, *map(_read, sorted(folder.glob("*.po"))))


def language_called(code: str) -> Language:
    """A language by its code; English where there is no file of it."""
    return next((each for each in languages() if each.code == code), ENGLISH)


def language_of(handler: RequestHandler) -> Language:
    """The language that somebody chose on this phone, or else that their browser asks for."""
    chosen = chosen_by(handler, COOKIE)
    if chosen is not None:
        return chosen
    known = {language.code: language for language in languages()}
    asked = [each.partition(";")[0].strip() for each in handler.request.headers.get("Accept-Language", "").split(",")]
    return known[negotiate_locale(asked, list(known), sep="-") or ENGLISH.code]


def chosen_by(handler: RequestHandler, cookie: str) -> Language | None:
    """The language that was chosen in this browser, for a phone or for a screen; None where none was."""
    return next((each for each in languages() if each.code == handler.get_cookie(cookie, "")), None)


def choose(handler: RequestHandler, code: str, cookie: str = COOKIE) -> None:
    """Remember in this browser which language was chosen; what is none is passed over."""
    if code in {language.code for language in languages()}:
        path = handler.settings["base_url"]
        handler.set_cookie(cookie, code, path=path, expires_days=A_YEAR, httponly=True, samesite="Lax")


def _read(path: Path) -> Language:
    code = path.stem
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    locale = Locale.parse(code)
    # A head that is marked as fuzzy is gettext's way to say that nobody has looked it over.
    sentences = {str(each.id): str(each.string) for each in catalogue if each.id and each.string}
    name = locale.get_display_name() or code
    return Language(code, name[0].upper() + name[1:], locale.text_direction, catalogue.fuzzy, sentences)
