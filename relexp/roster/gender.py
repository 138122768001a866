"""Who is a woman, as far as the sheet says: asked only where somebody wishes to talk with women alone."""

from __future__ import annotations

_WOMAN = frozenset(
    "woman women female f w menyw benyw femme femmes mujer mujeres femenino kobieta frau weiblich donna mulher"
    " امرأة أنثى عورت خاتون মহিলা নারী kadın naag".split()
)


def is_woman(text: str) -> bool:
    """Whether a gender cell says woman, in the languages we ship; a blank does not."""
    return text.strip().casefold() in _WOMAN
