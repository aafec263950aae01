"""`POST /contacts`: contacts, and what they were about, as they happen: late, out of order, and again if need be."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field, model_validator

from evenhand.api.bearer import Bearer, caller_of
from evenhand.api.contract import WRITING, contract
from evenhand.api.outside import Outside, outside_among
from evenhand.api.text import Cell, Code
from evenhand.api.writing import IdempotencyKey, done_once
from evenhand.contacts import ingest
from evenhand.contacts.ingest import Row, Taken
from evenhand.contacts.log import BY_HAND
from evenhand.doors.clock import now
from evenhand.sharing.models.key import Scope

router = Router(tags=["Writing"])
MOST = 1_000
OURS = frozenset({BY_HAND, "local"})


class ContactIn(BaseModel):
    """A contact, with the columns of contacts.csv. What is left out is unknown, which is not the same as no."""

    model_config = ConfigDict(extra="forbid", strict=True)
    contact_ref: Code = Field(min_length=1, description="Yours. Sent again, it replaces what was said of the contact.")
    at: Cell = Field(description="When it was: 2026-12-03T14:30:00Z. Without an offset it is in UTC.")
    person_ref: Code | None = None
    telephone: Cell | None = None
    email: Cell | None = None
    name: Cell | None = None
    channel: Code | None = Field(default=None, description="phone, email, letter, webform, visit, office or social.")
    direction: Code | None = Field(default=None, description="in: they contacted the landlord. out: the other way.")
    minutes: int | None = Field(default=None, ge=0, le=1_440)
    team: Cell | None = None
    asked_for_senior: bool | None = None
    offered_colleague: bool | None = None
    specific: bool | None = None
    exempt_kind: Code | None = None
    matter_ref: Code | None = None
    new_information: bool | None = None
    because_of_need: bool | None = None
    caller: Code | None = None


class MatterIn(BaseModel):
    """What contacts were about, with the columns of matters.csv. A day that is left out is unknown."""

    model_config = ConfigDict(extra="forbid")
    matter_ref: Code = Field(min_length=1)
    person_ref: Code
    kind: Code
    opened_on: Code
    told_on: Code | None = None
    respond_by: Code | None = None
    responded_on: Code | None = None
    closed_on: Code | None = None
    done_on: Code | None = None
    reopened_on: Code | None = None
    complaint_exhausted_on: Code | None = None


class ContactsIn(BaseModel):
    """Contacts and matters of one system."""

    model_config = ConfigDict(extra="forbid", title="ContactRows")
    source: Code = Field(min_length=1, description="Your system: references are its own.")
    register_source: Code = Field(
        default="", description="The housing system whose person_ref you send, where it is not source."
    )
    matters: list[MatterIn] = Field(default=[], max_length=MOST)
    contacts: list[ContactIn] = Field(default=[], max_length=MOST)

    @model_validator(mode="after")
    def of_another_system(self) -> "ContactsIn":
        """Some sources are Evenhand's own."""
        if not self.source.strip() or self.source.strip().lower() in OURS:
            raise ValueError("That is no other system’s name. Name yours as source, such as “telephones”.")
        return self


class WrongContact(BaseModel):
    """One thing wrong in one row."""

    model_config = ConfigDict(extra="forbid")
    sheet: str = Field(description="matters or contacts.")
    row: int = Field(description="Which of the rows that were sent, from 1.")
    column: str
    reason: str
    loaded: bool = Field(description="Whether the rest of the row was taken in all the same.")


class RowsOut(BaseModel):
    """What became of the rows. waiting: contacts of nobody we know, which wait for a colleague to match them."""

    model_config = ConfigDict(extra="forbid")
    added: int
    changed: int
    unchanged: int
    not_loaded: int
    waiting: int


class ContactsOut(BaseModel):
    """What became of what was sent."""

    model_config = ConfigDict(extra="forbid", title="ContactsResult")
    matters: RowsOut
    contacts: RowsOut
    wrong: list[WrongContact]
    outside: list[Outside] | None = Field(
        description="The contacts that came outside a limit, and wait for a colleague to read them for a hazard. null: "
        "this key is not told; it needs the scope check."
    )


SENT: dict[str, Any] = {
    "source": "telephones",
    "register_source": "housing",
    "contacts": [
        {
            "contact_ref": "C-90071",
            "at": "2026-12-03T09:41:00Z",
            "telephone": "07700 900123",
            "person_ref": "P1",
            "channel": "phone",
            "direction": "in",
            "minutes": 12,
        }
    ],
}
NONE = {"added": 0, "changed": 0, "unchanged": 0, "not_loaded": 0, "waiting": 0}
ANSWERED = {"matters": NONE, "contacts": NONE | {"added": 1}, "wrong": [], "outside": []}
TO_READ = ANSWERED | {"outside": [{"row": 1, "contact_ref": "C-90071", "code": "outside"}]}
WAITING = {
    "matters": NONE,
    "contacts": NONE | {"added": 1, "waiting": 1},
    "wrong": [
        {
            "sheet": "contacts",
            "row": 1,
            "column": "person_ref",
            "reason": "No person has the reference P9. The contact waits to be matched.",
            "loaded": True,
        }
    ],
    "outside": None,
}


@router.post(
    "/contacts",
    auth=Bearer(Scope.CONTACTS_WRITE),
    response=ContactsOut,
    operation_id="write_contacts",
    summary="Write contacts",
    openapi_extra=contract(
        *WRITING, sent=SENT, answers={"taken_in": ANSWERED, "outside_a_limit": TO_READ, "nobody_we_know": WAITING}
    ),
)
def write_contacts(request: HttpRequest, idempotency_key: IdempotencyKey, rows: ContactsIn) -> HttpResponse:
    """Takes in one contact or many, judged exactly as the rows of an import are.

    A reference that came before replaces what was said of it. No contact is anybody’s for a shared number alone: one
    without a reference we know waits until a colleague has matched it. Every contact is taken in, within the limits or
    not: one outside them waits for a colleague to read it for a hazard, and none that always gets through ever waits.
    """
    source, register = rows.source.strip(), rows.register_source.strip() or rows.source.strip()
    matters: list[Row] = [row.model_dump(exclude_unset=True) for row in rows.matters]
    references = [row.contact_ref for row in rows.contacts]
    contacts: list[Row] = [row.model_dump(exclude_unset=True) for row in rows.contacts]

    def write() -> ContactsOut:
        of_matters = ingest.batch_of_matters(matters, source, register=register) if matters else NOTHING
        of_contacts = ingest.batch(contacts, source, today=now().day, register=register) if contacts else NOTHING
        return ContactsOut(
            matters=_counted(of_matters),
            contacts=_counted(of_contacts),
            wrong=[*_wrong("matters", of_matters), *_wrong("contacts", of_contacts)],
            outside=outside_among(caller_of(request), of_contacts.to_judge, references),
        )

    return done_once(request, idempotency_key, write)


NOTHING = Taken(0, 0, 0, 0, ())


def _counted(taken: Taken) -> RowsOut:
    return RowsOut(
        added=taken.added,
        changed=taken.changed,
        unchanged=taken.unchanged,
        not_loaded=len({wrong.row for wrong in taken.wrong if wrong.whole_row}),
        waiting=taken.waiting,
    )


def _wrong(sheet: str, taken: Taken) -> list[WrongContact]:
    return [
        WrongContact(
            sheet=sheet, row=wrong.row + 1, column=wrong.column, reason=wrong.reason, loaded=not wrong.whole_row
        )
        for wrong in taken.wrong
    ]
