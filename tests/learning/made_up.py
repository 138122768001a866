"""A small made-up unit that is right, to be spoiled in one place at a time."""

from __future__ import annotations

TEXT = """# Meeting a stranger

In a minute: why a talk with somebody new is worth the first awkward moment.

::: why-talk
## Why talk at all

People expect talks with strangers to go worse than they do [a study found](source:study-2025). See [the quiz](#what-you-think).

| what | who |
|---|---|
| a talk | two |

::: what-you-think
## What do you think?

Answer before you read on.

::: look-back
## Look back

Think of the last stranger you met.

::: go-and-talk
## Go and talk

::: your-map
## Your map

Draw it. ![A line with two people on it](map.png)

::: pair-a-room
## Pair a room
"""

UNIT = """
id = "meeting-a-stranger"
number = 1
hours = 0.75
objectives = ["say why a talk is worth it"]
needs = []

[[block]]
id = "why-talk"
minutes = 1

[[block]]
id = "what-you-think"
kind = "quiz"
minutes = 9
estimate = "a minute an item"
items = ["one", "many", "order", "match", "short", "number", "scenario", "sure"]

[[block]]
id = "look-back"
kind = "worksheet"
minutes = 5
estimate = "tried with three people"
items = ["last-stranger", "first-word"]

[[block]]
id = "go-and-talk"
kind = "field"
minutes = 20
estimate = "a talk of 15 minutes, and 5 to note it"
items = ["one-talk"]
people = true

[[block]]
id = "your-map"
kind = "tool"
minutes = 5
estimate = "tried with three people"
tool = "map"

[[block]]
id = "pair-a-room"
kind = "exercise"
minutes = 5
estimate = "tried with three people"
tool = "three-row-rooms"

[[source]]
id = "study-2025"
authors = "The Pudding"
title = "Hello, stranger"
year = 2025
address = "https://pudding.cool/2025/06/hello-stranger"

[renamed]
first-talk = "why-talk"
"""

QUIZ = """
[[item]]
id = "one"
kind = "one"
ask = "How do talks with strangers go?"
hints = ["What do you fear?", "And what happened?"]
sharper = "Think of the last one: how was it really?"
worked = "Most who tried it said afterwards that it went better."
explain = true
[[item.option]]
id = "better"
text = "Better than expected"
says = "Yes."
[[item.option]]
id = "worse"
text = "Worse than expected"
says = "That is what people fear."

[[item]]
id = "many"
kind = "many"
ask = "Which help?"
hints = ["There are two."]
[[item.option]]
id = "turns"
text = "Taking turns"
says = "Both are heard."
[[item.option]]
id = "stories"
text = "Stories"
says = "They open a door."
[[item.option]]
id = "debate"
text = "A debate"
says = "Arguments alone change little."

[[item]]
id = "order"
kind = "order"
ask = "In which order?"
hints = ["Arrive first."]
[[item.option]]
id = "arrive"
text = "Arrive"
says = "First you come in."
[[item.option]]
id = "talk"
text = "Talk"
says = "Then you talk."
[[item.option]]
id = "commit"
text = "Commit"
says = "Then you say what you will do."

[[item]]
id = "match"
kind = "match"
ask = "Who says what?"
hints = ["Read both aloud."]
[[item.option]]
id = "equality"
text = "Equality"
says = "Equality is about what is the same."
[[item.option]]
id = "equity"
text = "Equity"
says = "Equity is about what is different."
[[item.partner]]
id = "difference"
text = "Difference"
[[item.partner]]
id = "sameness"
text = "Sameness"

[[item]]
id = "short"
kind = "short"
ask = "What do you do first?"
hints = ["With your ears."]
well = "Yes: listen."
missing = "Say it with one word: what do your ears do?"

[[item]]
id = "number"
kind = "number"
ask = "How many pairs do four people make?"
hints = ["Draw them."]
well = "Six."
low = "More than that."
high = "Fewer than that."
unit = "pairs"

[[item]]
id = "scenario"
kind = "scenario"
ask = "You stand alone with a cup of tea."
hints = ["What would you wish for?"]
[[item.scene]]
id = "door"
text = "Somebody comes in."
[[item.scene.choice]]
id = "wave"
text = "Wave"
says = "They come over."
to = "table"
[[item.scene.choice]]
id = "phone"
text = "Look at your phone"
says = "They sit down elsewhere."
to = "end"
[[item.scene]]
id = "table"
text = "They sit down."
[[item.scene.choice]]
id = "ask-why"
text = "Ask what brought them"
says = "They tell you."
to = "end"

[[item]]
id = "sure"
kind = "confidence"
ask = "How sure are you that you would speak first?"
[[item.option]]
id = "not-yet"
text = "Not yet"
says = "Nobody is at first."
[[item.option]]
id = "quite"
text = "Quite"
says = "Take somebody along who is not."

[key]
one = "better"
many = ["turns", "stories"]
order = ["arrive", "talk", "commit"]
short = [["listen", "hear"]]
scenario = ["wave", "ask-why"]
[key.match]
equality = "sameness"
equity = "difference"
[key.number]
value = 6
"""

WORKSHEET = """
[[prompt]]
id = "last-stranger"
ask = "Who was it?"
lens = "what was the same, what was different"

[[prompt]]
id = "first-word"
ask = "Who spoke first?"
lens = "power"
visibility = "facilitator"
lines = 1

[[task]]
id = "one-talk"
do = "Talk with one person whom you do not know."
evidence = "a line on what you heard"
review = ["What surprised you?"]
alone = "Tell it to a friend on the telephone."
"""

FILES = {"unit.md": TEXT, "unit.toml": UNIT, "quiz.toml": QUIZ, "worksheet.toml": WORKSHEET}
