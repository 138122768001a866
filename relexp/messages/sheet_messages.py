"""What the product says about sign-up sheets, in English."""

from __future__ import annotations

SHEETS: dict[str, str] = {
    # The file as a whole.
    "sheet.empty": "“{file}” is empty. Choose the sheet that people signed up on, or start from an empty sign-up sheet.",
    "sheet.missing": "“{file}” is not there. Check its name and the folder it is in.",
    "sheet.unreadable": "“{file}” could not be opened. Close it in other programs, check that it is a file, and try again.",
    "sheet.too_big": "“{file}” is too big for a sign-up sheet. Save only the list of people as a sheet of its own and choose that.",
    "sheet.not_a_sheet": "“{file}” is not a sheet we can read. In your spreadsheet, choose “Save as” and pick Excel workbook (.xlsx) or CSV UTF-8.",
    "sheet.password": "“{file}” is locked with a password. Open it in your spreadsheet, save a copy without the password, and choose the copy.",
    "sheet.broken_letters": "“{file}” has letters that were saved in a broken way. In your spreadsheet, choose “Save as”, pick CSV UTF-8 or Excel workbook (.xlsx), and choose the new file.",
    "sheet.open_quote": "A quotation mark is opened in this row and never closed, so the rest of the sheet runs into one cell. Close it or take it out.",
    "sheet.no_name_column": "No column is headed “name”. Make the first row a row of headings, with “name” above the names.",
    "sheet.no_people": "There are no people on this sheet yet. Fill in one row a person, below the headings, and try again.",
    "sheet.one_person": "There is only one person to talk on this sheet. An evening needs at least two.",
    # One row or cell.
    "sheet.no_name": "This row has neither a name nor an id. Write the person's name, or empty the row.",
    "sheet.same_id": "The id “{typed}” is already used in row {other}. Give each person an id of their own; if it is one person twice, take one row out.",
    "sheet.not_yes_no": "“{typed}” is neither yes nor no. Write yes or no, or leave it blank for no.",
    "sheet.not_yes_no_private": "This cell is neither yes nor no. Write yes or no, or leave it blank for no.",
    "sheet.not_a_seat": "“{typed}” is neither yes, no nor the number of a table. Write yes, no or a number such as 7, or leave it blank.",
    "sheet.same_seat": "Table {table} is already kept by the person in row {other}. Two people cannot keep one table all evening: give one of them another number, or write yes for any table.",
    "sheet.not_rounds": "“{typed}” is not a list of rounds. Write the numbers of the rounds to sit out, such as 3 or 2; 4, or leave it blank.",
    "sheet.nobody": "Nobody on this sheet is called “{typed}”. Write the name or the id as it stands in that person's own row.",
    "sheet.which_one": "More than one person is called “{typed}” (rows {rows}). Write that person's id instead; add a column “id” if the sheet has none.",
    "sheet.own_adult": "This person is named as their own responsible adult. Write the name of an adult who comes with them, or leave it blank.",
    "sheet.young_adult": "“{typed}” is marked as under 18 and cannot be the responsible adult. Name an adult, or correct the under-18 column.",
    "sheet.interprets_self": "This person is named as their own interpreter. Write the name of the person they interpret for, or leave it blank.",
    "sheet.interprets_interpreter": "“{typed}” is here to interpret, so nobody can interpret for them. Name the person who talks.",
    "sheet.women_only_without_gender": "Somebody asks to talk with women only, but no column is headed “gender”. Add one (it is never shown), or empty this column.",
    # Not wrong, but worth knowing.
    "sheet.blank_languages": "{count} of {people} people name no language and are taken to be able to talk with everybody (rows {rows}).",
    "sheet.private_columns": "Kept private, used for pairing alone and never shown: {columns}.",
    "sheet.same_person": "“{name}” stands in rows {rows}, with the same organisation. If it is one person, take one row out.",
    "sheet.two_columns": "Two columns are headed alike. The second one is kept as “{key}”.",
    "sheet.no_heading": "This column has no heading. It is kept under the name “{key}”.",
    "sheet.young_by_age": "{count} people look under 18 by their age, but are not marked as such (rows {rows}). Add a column “under 18” and write yes, so that they are never alone with an adult.",
    "sheet.no_adult": "{count} people under 18 name no responsible adult (rows {rows}). They will only talk with others under 18.",
    "sheet.young_interpreter": "This person is under 18 and interprets for an adult. Ask an adult to interpret if you can.",
    "sheet.no_consent": "{count} people have said no under “{column}” (rows {rows}). Ask them before you plan with their names.",
}
