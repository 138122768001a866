"""What the page says of bringing people in, of the sheet that is corrected in place, and of earlier gatherings."""

from __future__ import annotations

TABLES: dict[str, str] = {
    # Bringing people in
    "bring.paste": "Paste or type",
    "bring.paste_label": "One person a line: their name, a comma, and whom they came with. Or paste from a spreadsheet.",
    "bring.paste_example": "Amina Begum, Al-Noor Community Centre",
    "bring.take": "Use these people",
    "bring.pasted": "what you pasted",
    "bring.nothing": "Nothing is written there yet. Write one person a line.",
    "bring.headings": "These lines have several columns and no headings. Copy the row with the headings too, so that it is clear what each column means.",
    "bring.template": "Take an empty sign-up sheet",
    "bring.template_file": "sign-up-sheet",
    # The table
    "table.open": "Look at the sheet, and correct it",
    "table.hint": "What you change here is kept here; your own file stays as it is.",
    "table.name": "The people on the sheet",
    "table.row": "row",
    "table.add": "Add a person",
    "table.remove": "Take out",
    "table.column": "Add a column…",
    "table.column_added": "“{heading}” is the last column now.",
    "table.undo": "Undo",
    "table.redo": "Do again",
    "table.reveal": "Show private columns",
    "table.hide": "Hide private columns",
    "table.private": "Private columns are hidden here too, in case somebody looks over your shoulder.",
    "table.private_wrong": "To be mended under “{column}”. Press “{reveal}”.",
    "table.more": "Show all {count} people",
    "table.undone": "Undone.",
    "table.redone": "Done again.",
    "table.removed": "Row {row} is taken out. Undo brings it back.",
    "table.added": "A new row is at the end.",
    "table.earlier_sheet": "The evening was planned from the sheet before your last change. Undo leads back to it; a new plan is of the sheet as it is now.",
    "table.other_sheet": "The evening was planned before something on the sheet was changed. A new plan is of the sheet as it is now.",
    # Earlier gatherings
    "earlier.heading": "Earlier gatherings",
    "earlier.choose": "Choose an earlier evening",
    "earlier.hint": "An evening that you took as json or csv: who met there does not meet again.",
    "earlier.found": "{name}: {pairs} pairs of today’s room met there.",
    "earlier.remove": "Take out",
    "earlier.remove_one": "Take out: {name}",
}
