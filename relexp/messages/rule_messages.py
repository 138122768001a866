"""What the product says about the organiser's rules: what is wrong with them, and what to write instead."""

from __future__ import annotations

RULES: dict[str, str] = {
    # One value
    "rules.unknown_key": "“{key}” means nothing here. Take it out, or write one of: {known}.",
    "rules.unknown_key_near": "“{key}” means nothing here. Did you mean “{near}”?",
    "rules.whole": "This should be a whole number from {least}, without quotation marks; it is {found}.",
    "rules.whole_between": "This should be a whole number from {least} to {most}, without quotation marks; "
    "it is {found}.",
    "rules.number": "This should be a number from {least}, without quotation marks (a fraction with a point: 0.5); "
    "it is {found}.",
    "rules.number_between": "This should be a number from {least} to {most}, without quotation marks (a fraction with "
    "a point: 0.5); it is {found}.",
    "rules.choice": "Write {words}; {found} is not known.",
    "rules.choice_near": "Write {words}. Did you mean “{near}”?",
    "rules.flag": "Write true or false, without quotation marks; it is {found}.",
    "rules.text": 'This should be words in quotation marks, such as "{example}"; it is {found}.',
    "rules.list": "This should be a list in square brackets, such as {example}; it is {found}.",
    "rules.table": "This should be a heading of its own, {heading}, with its lines below it; it is {found}.",
    # Columns
    "rules.no_column": "The sheet has no column “{heading}”. Write the column's header as it stands in the sheet, in "
    "quotation marks where it is more than one word.",
    "rules.no_column_near": "The sheet has no column “{heading}”. Did you mean “{near}”?",
    "rules.column_twice": "This column is named twice. Keep one of the two.",
    "rules.cap_alone": 'A cap works only with never_same = "fewest". Write that line too, or take the cap out.',
    "rules.order_missing": "An ordered column needs its values from low to high. Add a line such as "
    'order = ["16-24", "25-34", "35-44"].',
    "rules.order_short": "An order needs two values or more. Write them all, from low to high.",
    "rules.order_text": "Every value of an order should be words in quotation marks. Mend this one.",
    "rules.order_twice": "This value stands in the order already (capitals do not matter). Take one of the two out.",
    "rules.share_keys": "Nothing is written under this heading: the heading alone asks for a value in common. "
    "Take the lines below it out.",
    "rules.share_blank": "Nobody has filled in this column, so nobody can have a value in common. Take this rule out, "
    "or fill in the column.",
    # Hosts and guests
    "rules.sides_same": "Hosts and guests are called the same. Write the words that the sheet uses for each.",
    "rules.side_blank": "It is not said on which side these people are: {people}. Write “{hosts}” or “{guests}” for "
    "each of them in the sheet.",
    "rules.side_unknown": "“{found}” is neither “{hosts}” nor “{guests}”, and is what the sheet says for: {people}. "
    "Change it in the sheet, or say here what hosts and guests are called.",
    "rules.side_unknown_private": "What the sheet says for these people is neither “{hosts}” nor “{guests}”: {people}. "
    "Change it in the sheet, or say here what hosts and guests are called.",
    "rules.side_empty": "Nobody in the sheet is “{side}”, so no conversation could cross from one side to the other. "
    "Fill in the sheet, or take [sides] out.",
    # Tables
    "rules.table_number": "Tables are numbered from 1, without quotation marks; {found} is no table.",
    "rules.table_beyond": "There is no table {table}: the room has {count}. Change the number, or the count of tables.",
    "rules.adjacent_pair": "Write two tables that stand side by side, such as [1, 2]; it is {found}.",
    "rules.adjacent_self": "Table {table} cannot stand beside itself. Write two different tables.",
    "rules.tables_few": "{count} tables are too few: in round {round}, {needed} conversations go on at once. Find more "
    "tables (or corners), or leave the count out.",
    "rules.seats_many": "{count} tables are too few: in round {round}, {keeping} people keep a seat of their own, each at another "
    "table. Find more tables, leave the count out, or ask some of them to move.",
    "rules.seat_beyond": "{person} keeps table {table} in the sheet, but the room has {count}. Give them another table "
    "in the sheet, or change the count of tables.",
    "rules.seat_taken": "{one} and {other} both keep table {table}. Give one of them another table in the sheet.",
    # People
    "rules.id_kind": "Write a person's id or name in quotation marks, as it stands in the sheet; it is {found}.",
    "rules.name_twice": "More than one person in the sheet is called {person}. Write the id instead, one of: {ids}.",
    "rules.no_person": "Nobody in the sheet has the id or the name “{person}”. Write it as it stands in the sheet.",
    "rules.no_person_near": "Nobody in the sheet has the id or the name “{person}”. Did you mean “{near}”?",
    "rules.present_twice": "{person} stands here already. Keep one of the two lines.",
    "rules.pair": 'Write two people, such as ["p1", "p5"]; it is {found}.',
    "rules.pair_self": "{person} stands here twice. Write two different people.",
    "rules.pin_round": "It is not said in which round these people talk. Add a line such as round = 1.",
    "rules.pin_people": 'It is not said who talks. Add a line such as people = ["p3", "p9"].',
    "rules.pin_size": "A conversation is two or three people; here are {count}.",
    "rules.pin_twice_here": "{person} stands here twice. Write each person once.",
    "rules.pin_interpreter": "{person} interprets and goes where their person goes. Write the person they interpret "
    "for instead.",
    # Rules that cannot hold together
    "rules.apart_interpreter": "{interpreter} interprets for {person}, so the two cannot be kept apart. Find another "
    "interpreter, or take this pair out.",
    "rules.apart_responsible": "{adult} is the responsible adult of {child}, who is under 18, so the two cannot be "
    "kept apart. Name another responsible adult in the sheet, or take this pair out.",
    "rules.interpreter_away": "{interpreter} interprets for {person}, but is away in round {rounds} while {person} is "
    "there. Find another interpreter, or change who is there when.",
    "rules.pin_clash": "{person} already talks in round {round} with other people, in {earlier}. Take one of the "
    "two out.",
    "rules.pin_repeat": "{one} and {other} already talk in round {round}, and nobody meets twice. Take one of the two "
    'out, or write repeats = "fewest".',
    "rules.pin_absent": "{person} is not there in round {round}, as [present] has it. Change the one or the other.",
    "rules.pin_rest": "{person} asked to rest in round {round}. Choose another round, or ask them.",
    "rules.pin_apart": "{one} and {other} are kept apart. Take this out, or the pair under keep_apart.",
    "rules.pin_met": "{one} and {other} have met before, and nobody meets twice. Take this out, or write "
    'repeats = "fewest".',
    "rules.pin_same_group": "{one} and {other} have the same answer under “{heading}”, which is never to happen. Take "
    'this out, or write never_same = "fewest" there.',
    "rules.pin_share": "{one} ({mine}) and {other} ({theirs}) have nothing in common under “{heading}”, which two people who "
    "talk must have. Take this out, find them an interpreter, or do not ask for “{heading}” in common.",
    "rules.pin_hidden": "Another rule does not let {one} and {other} talk. Take this out.",
    "rules.pin_request": "What was asked for at sign-up does not let {one} and {other} talk. Take this out, or ask "
    "them.",
    "rules.pin_seats": "{one} and {other} both keep their seats, at tables that are not side by side, so neither can "
    "come to the other. Take this out, or give them neighbouring tables.",
    "rules.pin_child_alone": "{child} is under 18 and would be alone with an adult. Put a second under-18 with them, "
    "or their responsible adult and one more, or take this out.",
    "rules.pin_child_adults": "{child} is under 18 and would be with two adults, neither of them their responsible "
    "adult. Put the responsible adult in, or take this out.",
    "rules.pin_one_side": "Every conversation needs a “{hosts}” and a “{guests}”; here all are of one side. Change "
    "who talks, or take this out.",
    "rules.pin_two_hosts": "With two guests to a host, a conversation has one “{hosts}” only. Change who talks, or "
    "take this out.",
    # Right in themselves
    "rules.languages_unused": "The sheet asks for languages, but the rules do not ask that two people share one. If "
    "they should, add a line [share.languages].",
    "rules.column_same": "Everybody who answered “{heading}” gave the same answer, so it makes no difference.",
    "rules.column_idle": "“{heading}” weighs 0 and has no never_same, so it makes no difference.",
    "rules.values_unordered": "These answers under “{heading}” are not in its order and count as blank: {values}. Add "
    "them to the order if they belong there.",
    "rules.values_no_number": "These answers under “{heading}” are no numbers and count as blank: {values}.",
    "rules.rest_beyond": "{person} asked to rest in round {rounds}, but the evening has {last}. Ask them whether "
    "another round will do.",
    "rules.adult_away": "{adult}, the responsible adult of {child}, is away in round {rounds} while {child} is there. "
    "Name a second responsible adult for those rounds, or change who is there when.",
    # The file
    "rules.no_file": "There is no rules file {path}. Check its name and its folder, or leave it out: there are rules "
    "without one.",
    "rules.young_rest": "Somebody under 18 can talk in {most} of {rounds} rounds at most: they are never alone with an adult, and nobody "
    "meets the same person twice. In the others they rest, with the adult who is responsible for them. Let people meet again when "
    "nobody new is left, or ask more young people to come.",
    "rules.young_alone": "Somebody under 18 has nobody to talk with: they are never alone with an adult, and there is nobody else who is "
    "young, nor an adult who is responsible for them. Name that adult, or ask more young people to come.",
    "rules.not_read": "The rules file {path} cannot be read ({why}). Check that it is a file and yours to open.",
    "rules.not_text": "{path} is not a rules file: it is not plain text. Rules are a text file that ends in .toml; "
    "save it as “UTF-8”.",
    "rules.syntax": "Line {line} of {path} is not written as rules are: {found}. Look for a missing quotation mark, "
    "bracket or = there, or just above.",
    "rules.syntax_open": "{path} stops in the middle of something: a bracket that is opened in line {line} is never closed. "
    "Close it there, with ] or }}.",
    "rules.syntax_end": "{path} stops in the middle of something. Look for a missing quotation mark or bracket in its "
    "last lines.",
    "rules.curly": "Line {line} of {path} has curly quotation marks, as word processors make them: {found}. Write "
    'straight ones: "…".',
    "rules.twice": "Line {line} of {path} says again what stands further up: {found}. Keep one of the two.",
}
