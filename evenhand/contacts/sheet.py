"""The two files of a contact log and their columns. This is the contract that docs/import.md describes."""

from datetime import date
from functools import partial

from evenhand.contacts import cell
from evenhand.people.register import cell as register_cell
from evenhand.people.register.sheet import Column, Sheet

UNKNOWN = (None,)
CalledFor = partial(Column, optional=True)
"""A column that many exports lack. What it would have said is then unknown, which is not the same as no."""
DAYS = (
    *("told_on", "respond_by", "responded_on", "closed_on", "done_on", "reopened_on"),
    "complaint_exhausted_on",
)
"""The days of a matter that may be blank: then it has not happened."""


def matters() -> Sheet:
    """matters.csv: what customers and the landlord were in contact about."""
    days = (CalledFor(name, (name,), register_cell.day, UNKNOWN) for name in DAYS)
    return Sheet(
        "matters",
        "matter",
        (
            Column("matter_ref", ("ref",), register_cell.reference, key=True),
            Column("person_ref", ("person_ref",), register_cell.reference, key=True),
            Column("kind", ("kind",), cell.kind),
            Column("opened_on", ("opened_on",), register_cell.day, UNKNOWN, key=True),
            *days,
        ),
        ("unknown",),
    )


def contacts(today: date, since: date) -> Sheet:
    """contacts.csv: every contact, either way.

    In: the landlord's own day, after which nothing has happened, and the first day of which contacts are kept.
    """
    yes_or_no = partial(CalledFor, read=cell.yes_or_no, empty=UNKNOWN)
    return Sheet(
        "contacts",
        "contact",
        (
            Column("contact_ref", ("ref",), register_cell.reference, key=True),
            Column("at", ("at",), cell.moment(today, since), key=True),
            CalledFor("person_ref", ("person_ref",), register_cell.reference),
            CalledFor("telephone", ("telephone", "phones"), register_cell.phone, ("", "{}")),
            CalledFor("email", ("email", "emails"), register_cell.email, ("", "{}")),
            CalledFor("name", ("name",), register_cell.text(240), is_name=True),
            CalledFor("channel", ("channel",), cell.channel),
            CalledFor("direction", ("direction",), cell.direction),
            CalledFor("minutes", ("minutes",), cell.minutes, UNKNOWN),
            CalledFor("team", ("team",), register_cell.text(120), is_name=True),
            yes_or_no("asked_for_senior", ("asked_for_senior",)),
            yes_or_no("offered_colleague", ("offered_colleague",)),
            yes_or_no("specific", ("specific",)),
            CalledFor("exempt_kind", ("exempt_kind",), cell.exemption),
            CalledFor("matter_ref", ("matter_ref",), register_cell.reference),
            yes_or_no("new_information", ("new_information",)),
            yes_or_no("because_of_need", ("because_of_need",)),
            CalledFor("caller", ("caller",), cell.caller, UNKNOWN),
        ),
        ("digest",),
    )
