"""What is said while the doors are opened and the evening runs."""

from __future__ import annotations

RUN: dict[str, str] = {
    # On the planning page: opening the doors
    "open.heading": "Open the doors",
    "open.lead": "When people begin to arrive. From then on the page for running the evening, the projector and the phones "
    "show this plan; you can still change it there for whoever really comes.",
    "open.who": "Who looks after people",
    "open.who_hint": "The person whom anybody can turn to who is worried about something, as it stands on their badge. It is on "
    "every phone.",
    "open.where": "Where they are found",
    "open.where_example": "by the tea table, in a green scarf",
    "open.purpose": "What this evening is for, in one line",
    "open.purpose_example": "Neighbours who never meet, meeting",
    "open.press": "Open the doors",
    "open.no_lead": "Write who looks after people tonight: somebody who is worried must know whom to talk to.",
    "open.done": "The doors are open. {people} are expected.",
    "open.is_open": "“{name}” is open since {at}, with {people} expected. Only one gathering runs at a time.",
    "open.go_on": "Go on with that one, or close it and open this one in its place.",
    "open.instead": "Close it and open this one",
    "open.run": "Run the evening",
    "open.projector": "Show the projector",
    "open.links": "Let others in",
    "open.to_projector": "On the hall's big screen: drag its window there, and press F11.",
    "open.to_links": "Links for those who help you, and the code for people's phones.",
    "open.to_run": "The list at the door, the clock and the rounds.",
    "open.people_one": "1 person",
    "open.people": "{count} people",
}
