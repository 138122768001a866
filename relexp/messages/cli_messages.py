"""What the commands say in a terminal: what was done, what could not be done, and what to do next."""

from __future__ import annotations

CLI: dict[str, str] = {
    # Whatever goes wrong.
    "cli.faults_in": "{path} cannot be used as it is. To put right: {count}.",
    "cli.stopped": "Stopped. Nothing was written.",
    "cli.too_large": "This is too much for the memory of this computer. Close other programs, or plan fewer rounds.",
    "cli.system": "The computer reports a problem: {why}. Put that right and try again.",
    "cli.unexpected": (
        "Something went wrong inside relexp, and it is not your fault ({what} at {where}). Files of yours are as they"
        " were. Please tell the people who look after relexp: run the same command again with RELEXP_DEBUG=1 set"
        " before it, and send them what it prints. Leave out names and addresses of people."
    ),
    # Wrong usage.
    "cli.kind": "{option}: {path} should end in {kinds}.",
    "cli.same_file": "{path} is named twice. Give every file a name of its own.",
    "cli.overwrites": "{option} would write over {path}, which is read here. Choose another name.",
    "cli.exists": "{path} is already there, and somebody may have filled it in. Choose another name.",
    # Reading.
    "cli.warning": "Note: {warning}",
    "cli.rounds_cut": (
        "The rules speak of round {round}, but {rounds} rounds are asked for. Ask for more rounds, or change the rules."
    ),
    "cli.met_unknown": (
        "{path}: {count} of the people in it are not on this sheet; their earlier meetings are left out."
    ),
    "cli.progress": "Planning: {share}%",
    # Planning.
    "cli.impossible": "This cannot be done as asked:",
    "cli.impossible_nearest": "What the evening that comes nearest would bend:",
    "cli.impossible_next": (
        "No evening was written. Change what is asked, or add --least-bad to get the evening that comes nearest."
    ),
    "cli.least_bad": "Not every rule could be kept. Why, and what gives in the evening that comes nearest:",
    "cli.written": "Written: {path}",
    # An evening in a terminal.
    "cli.show_round": "Round {round}",
    "cli.show_table": "  table {table}  {names}",
    "cli.show_resting": "  resting: {names}",
    "cli.show_people": "People: {talkers}. Rounds: {rounds}.",
    "cli.show_people_interpreters": "People who talk: {talkers}. Interpreters: {interpreters}. Rounds: {rounds}.",
    "cli.show_conversations": "Conversations: {conversations}. Turns (one for each person in each conversation): {turns}.",
    "cli.show_total": (
        "Difference woven: {total}. No evening with these rules can have more than {bound}; this one is within {gap}%"
        " of that."
    ),
    "cli.show_worst": (
        "Whoever meets the least difference has {worst} of 1 on average. No evening can raise that above {bound}."
    ),
    "cli.show_trios": "Trios: {trios}. Times somebody sits in a trio again: {again}.",
    "cli.show_rests": "Rests that nobody asked for: {rests}.",
    "cli.show_repeats": "Meetings of two people who have met already: {repeats}.",
    "cli.show_same_group": (
        "Meetings within one group ({column}): {meetings}; at most {most} for one person. Counting alone shows that"
        " at least {lowest} for somebody cannot be avoided."
    ),
    "cli.show_same_group_met": "Meetings within one group ({column}): {meetings}; at most {most} for one person.",
    "cli.show_same_group_fewest": "Counting alone shows that at least {fewest} such meetings cannot be avoided.",
    "cli.show_same_group_why": "That is so because {size} of {people} people are of one group, “{group}”.",
    "cli.show_private": "kept private",
    # check
    "cli.check_read": "{path} can be used as it is.",
    "cli.check_people": "People: {people}. Interpreters among them: {interpreters}.",
    "cli.check_across": "Difference is wanted on: {columns}.",
    "cli.check_share": "Two people must have one of these in common: {columns}.",
    "cli.check_private": "Columns kept private (used for pairing at most, never shown): {count}.",
    "cli.check_twice": "One person twice? Rows {first} and {second}: {why}",
    # verify
    "cli.verify_holds": "Everything holds.",
    "cli.verify_checked": (
        "Checked anew, from the sheet and the rules alone: who sits where in {rounds} rounds, {conversations}"
        " conversations against every rule, and every figure and bound of the report."
    ),
    "cli.verify_breaches": "This evening does not hold. Breaches: {count}.",
    "cli.verify_rounds": "The rules say {rules} rounds; this evening was planned for {planned}, and is checked for that.",
    "cli.verify_met": "Earlier meetings that this evening says it avoids: {count}.",
    "cli.verify_without_rules": (
        "This evening was planned with {rules}. Without --rules its wishes, people kept apart among them, are not"
        " checked: add --rules and that file."
    ),
    # replan
    "cli.replan_without_rules": (
        "This evening was planned with {rules}. Without it people who are to be kept apart could be brought together:"
        " add --rules and that file. Nothing was written."
    ),
    "cli.replan_who": "Tell them that from round {round} on they have another partner or table: {names}.",
    "cli.replan_after": "There are {rounds} rounds in this evening; --after {after} leaves none to plan.",
    "cli.replan_unknown": "{path}: these people are in the evening and not on the sheet: {ids}. Add them to the sheet.",
    "cli.replan_not_there": "Nobody, or more than one, is called {id} in this evening. Give the name or the id as it stands there.",
    "cli.replan_changed": (
        "People with another partner than before, counted round by round: {changed}. The fewest possible: {floor}."
    ),
    # template, demo
    "cli.template": "{path} is an empty sign-up sheet: one row a person. Then: relexp check {path}",
    "cli.demo": "A made-up room of {people}: nobody in it is real. This is an evening for it.",
    # What is kept.
    "cli.no_store": "Nothing is kept at {place}. Name the place with --store, or set RELEXP_DATABASE_URL.",
    "cli.backed_up": "Copied: {path}. It holds names: keep it as you would keep a sign-up list.",
    "cli.put_back": "{path} is in place again. What was there before is in {before}, for {days} days. Pages that are open say that they have to be loaded again.",
    "cli.put_back_damaged": "{path} is in place again. What was there before is damaged, and was set aside as it is, in {before}, for {days} days. If relexp is running, stop it (Ctrl-C) and start it again.",
    "cli.exported": "Written: {path}.",
    "cli.exported_of": "Written: {path}. It holds all that is kept of everybody called “{name}”; if they are several people, give each of them only their own.",
    "cli.nobody_named": "Nothing is kept of anybody called “{name}”. Look at the spelling, as it stands on their badge.",
    "cli.erase_sure": "Delete all that is kept of everybody called “{name}”? It cannot be undone.",
    "cli.erased": "Deleted. People at gatherings: {people}. Phones and links: {known}. Pages that were being worked on: {drafts}.",
    "cli.erased_not_here": "What was printed, sent or copied before (files, backups) still names them: delete that too.",
}
