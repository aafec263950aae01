"""C2: the letter that answers a customer who objects to how often they were counted.

It says what was looked at, what was changed, and how to complain or go to the Ombudsman. There is no case behind it:
it is set like every letter, and hangs on the objection.
"""

from datetime import date
from pathlib import Path
from typing import Any

from evenhand.cases.circumstances import Moment
from evenhand.cases.composing import Block, Letter, Part, Run, cleaned
from evenhand.cases.correspondence import LetterData
from evenhand.cases.letter_facts import sides
from evenhand.cases.letter_folder import LETTERS
from evenhand.cases.typesetting import press
from evenhand.cases.wording import nation_facts
from evenhand.cases.writing import printable
from evenhand.contacts.models import Objected
from evenhand.policy.occasion import Occasion

TITLE = "Our answer about how often you contacted us"
NOBODY_DECIDED = "A count decides nothing about you, and this letter changes nothing about how you can contact us."
LAYOUT = "one_page.typ"


def pdf(objection: Objected, at: Moment, folder: Path = LETTERS) -> bytes:
    """The letter as PDF/UA-1. In: an objection that is answered. Raises `NoLandlord` while there is no landlord."""
    by, on = objection.answered_by, objection.answered_on
    assert by is not None and on is not None
    ours = sides.landlord()
    nation = nation_facts(ours.nation, folder)
    parts = (
        Part("What you told us", (_block("told", f"On {_day(objection.received_on)} you said:", objection.words),)),
        Part("What we looked at", (_block("looked", *_lines(objection.looked_at)),)),
        Part("What we changed, and why", (_block("changed", *_lines(objection.answer), NOBODY_DECIDED),)),
        Part("If you do not agree", tuple(_rights(ours.complaints, nation))),
    )
    facts = LetterData(
        landlord=ours,
        recipient=sides.recipient(objection.person, Occasion(by.actor, at.at, at.day)),
        sender=sides.sender([by.actor_id], frozenset(), ours),
        reference=f"{objection.person.ref}/{on:%Y%m%d}",
        dated=on,
    )
    return press(LAYOUT, Letter(TITLE, parts, cleaned(facts, printable), {}), folder)


def _rights(complaints: str, nation: dict[str, Any]) -> list[Block]:
    ombudsman, ico = nation["ombudsman"], nation["ico"]
    return [
        _block("complain", f"You can complain to us at any time: {complaints}. Somebody who took no part will answer."),
        _block(
            "ombudsman",
            f"You can ask the {ombudsman['name']} for advice at any time, or to look at our answer. It is free and "
            f"does not work for us: {_reached(ombudsman)}.",
        ),
        _block("ico", f"About how we use what we hold about you, you can ask the {ico['name']}: {_reached(ico)}."),
        _block(
            "help",
            "Somebody you trust, or an advocate, can do this for you. Ask us for this letter in another format or "
            "language. In an emergency always contact us: that never counts against you.",
        ),
    ]


def _reached(body: dict[str, str]) -> str:
    ways = [f"call {body['telephone']}"] if body.get("telephone") else []
    ways.append(f"see {body['website']}")
    return " or ".join(ways) + (f", or write to {body['address']}" if body.get("address") else "")


def _lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()] or [words]


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _block(name: str, *paragraphs: str) -> Block:
    return Block(id=name, paragraphs=tuple((Run(printable(words)),) for words in paragraphs if words.strip()))
