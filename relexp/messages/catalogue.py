"""Every sentence the product says about sheets, rules and plans, in English, under a code that translations share."""

from __future__ import annotations

TEMPLATES: dict[str, str] = {
    "place.row": "row {row}",
    "place.column": "column “{column}”",
}
