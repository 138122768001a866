"""What is said of a sheet that comes into the leadership table, and of one that goes out."""

from __future__ import annotations

ARRIVE: dict[str, str] = {
    "lead.column_id": "id",
    "lead.column_evidence": "Evidence for the stage",
    "lead.sheet": "Leaders",
    "lead.sheet_choices": "Choices",
    "lead.sheet_choose": "Choose from the list, or leave the cell blank.",
    # What a row cannot do
    "lead.sheet_no_names": "No column of this sheet is headed “Name”, or “First name” and “Last name”. Head one so: a row is somebody’s.",
    "lead.sheet_evidence": "{name}’s stage changes only with a line of evidence. Write what happened in a column “{heading}”.",
    "lead.sheet_two_known": "{name} is in the table more than once. Write the id of the one you mean in a column “id”.",
    "lead.sheet_twice": "{name} is on this sheet in rows {rows}. Keep one row, or give each of them their own id.",
    "lead.sheet_self": "{name} cannot be developed by themselves. Write somebody else, or leave it blank.",
    "lead.sheet_circle": "This makes a circle: {name} would be developed, through others, by themselves.",
    # What will be written
    "lead.sheet_added": "New in the table: {count} ({names}).",
    "lead.sheet_changed": "Changed: {cells} in the rows of {count} ({names}).",
    "lead.sheet_cells": "{count} cells",
    "lead.sheet_cell": "1 cell",
    "lead.sheet_untouched": "On the sheet as they are in the table: {count}. Whoever is not on the sheet stays as they are.",
    "lead.sheet_refused": "Not taken in, because something in the row has to be mended first: {count} (row {rows}).",
    "lead.sheet_refused_many": "Not taken in, because something in each row has to be mended first: {count} (rows {rows}).",
    "lead.sheet_unknown": "Columns that the table does not have, and that are not read: {columns}. You can add them as columns of your own.",
    "lead.sheet_unread": "Not read: {columns}. They follow from the evidence, have no heading, or stand on the sheet twice.",
    "lead.sheet_idle": "Evidence beside a stage that stays as it is, and that is not read: {count}.",
    "lead.sheet_nothing": "There is nothing to write.",
}
