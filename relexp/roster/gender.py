"""Who is a woman, as far as the sheet says: asked only where somebody wishes to talk with women alone."""

from __future__ import annotations

from relexp.roster.words import words

_WOMAN = frozenset(
    words(
        "woman women female f w girl she menyw benyw femme femmes mujer mujeres femenino kobieta frau weiblich"
        " donna mulher امرأة أنثى عورت خاتون মহিলা নারী kadın naag"
    )
)
# Beside one of these a word above leaves it open: "he/she", "female to male", "not a woman", "non-binary (she/they)".
_IN_DOUBT = frozenset(words("man men male m boy he him ftm no not non nonbinary enby"))


def is_woman(text: str) -> bool:
    """Whether a gender cell says woman, in the languages we ship and whatever stands beside it.

    A blank does not, nor does a cell that leaves it open: who asked for women alone is held to what is sure.
    """
    said = set(words(text))
    return not said.isdisjoint(_WOMAN) and said.isdisjoint(_IN_DOUBT)
