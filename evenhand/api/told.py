"""Today's answer as it is sent: every instruction to everyone, and of the reasons as much as the key's audience allows.

The policy has already kept back what the asker may not see in words (policy/contact_why.py); here the same is kept back
of what is told as data. A contractor gets the instruction, the kind of risk where the marker's audience allows it, and
whom to ask.
"""

from datetime import date, datetime, time

from pydantic import BaseModel, ConfigDict, Field

from evenhand.policy.alert_code import hact_of
from evenhand.policy.answer import Allowed, Answer, AnswerCode, Asker, Instruction
from evenhand.policy.contact_why import TOLD_TO_CONTRACTORS
from evenhand.policy.events.expectation import Period, Weekday
from evenhand.policy.events.marker import Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.held import Held, HeldContact, HeldControl, HeldHazard, HeldLimit, HeldMarker
from evenhand.policy.need import Channel
from evenhand.sharing.models.key import Audience

ASKER = {Audience.COLLEAGUES: Asker.COLLEAGUE, Audience.CONTRACTOR: Asker.CONTRACTOR}
ANSWERED = frozenset({AnswerCode.INSTRUCTION, AnswerCode.NOTHING_HELD, AnswerCode.DIED})


class Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


class InstructionOut(Told):
    """What to do about one way of contact."""

    allowed: Allowed = Field(description="yes; with_care: as the words say; no: not unless it is an emergency.")
    words: str = Field(description="What to do.")
    emergency: str = Field(description="What to do all the same when it is an emergency. None is ever refused.")


class MarkerOut(Told):
    """A marker, as far as the key may see it."""

    id: str = Field(description="Names the marker in acknowledgements, changes and withdrawals.")
    of: str = Field(description="them, or someone_there: somebody at the home, and nothing says who.")
    risk: Risk = Field(description="The kind of risk.")
    ukhds: str = Field(description="The kind of risk as a UK Housing Data Standards person-alert code.")
    hact: str | None = Field(
        description="What to do as the number of a HACT person alert type: 1, do not visit alone; null: it has none."
    )
    controls: list[Control] = Field(description="What to do about it.")
    high: bool = Field(description="Whether whoever attends must have read it.")
    provisional: bool = Field(description="Whether it is not yet decided.")
    under_appeal: bool | None = Field(description="Whether an appeal is under way; null to contractors.")
    review_on: date | None = Field(description="When it is reviewed; null to contractors.")


class LimitOut(Told):
    """A limit on how, how often and when the person contacts the landlord."""

    id: str
    channels: list[Channel] = Field(description="The ways that are open; all of them where none is named.")
    times: int | None = Field(description="How often in a period.")
    period: Period | None
    weekdays: list[Weekday] = Field(description="The days; any where none is named.")
    from_time: time | None
    to_time: time | None
    starts_on: date
    ends_on: date
    review_on: date | None
    under_appeal: bool


class SingleContactOut(Told):
    """The one colleague through whom the person reaches the landlord."""

    id: str
    name: str
    telephone: str
    email: str
    cover: str = Field(description="Who answers when they are away.")
    channels: list[Channel]
    starts_on: date
    ends_on: date


class HazardOut(Told):
    """Something that may hurt a visitor to the home, whoever lives there. It is nobody's marker."""

    kind: Hazard = Field(description="What it is.")
    words: str = Field(description="What to do about it.")
    detail: str | None = Field(description="What exactly, and where; null to contractors.")
    review_on: date | None = Field(description="By when somebody looks at it again; null to contractors.")


class AnswerOut(Told):
    """Today's answer. It stays as it is until `valid_until`, unless something new is recorded: ask again then.

    `markers`, `limits`, `single_contacts` and `hazards` are null where nothing can be said: null is never none.
    """

    code: AnswerCode = Field(description="What kind of answer this is. Only nothing_held says that nothing is held.")
    lead: str = Field(description="What to read first.")
    visit: InstructionOut
    call_in: InstructionOut
    call_out: InstructionOut
    message: InstructionOut
    within_now: bool | None = Field(description="Whether their contact is within the limits now; null: no limit.")
    next_within: datetime | None = Field(description="The next moment at which it is.")
    controls: list[Control] = Field(description="What to do about every marker, together.")
    why: list[str] = Field(description="As much of why as this key may see.")
    help: list[str] = Field(description="What the person needs of whoever speaks with them.")
    overdue: list[str] = Field(description="Each review that is late.")
    cautions: list[str] = Field(description="What else to know.")
    acknowledge: bool = Field(description="Whether whoever attends must confirm that they read this.")
    to_acknowledge: list[str] = Field(description="What they confirm: ids for POST /acknowledgements.")
    ask: str = Field(description="Whom to ask.")
    exemptions: list[str] = Field(description="What always gets through, whatever the limits.")
    markers: list[MarkerOut] | None = Field(description="The markers this key may see; null: nothing can be said.")
    limits: list[LimitOut] | None = Field(description="The limits; null: nothing can be said, or not to this key.")
    single_contacts: list[SingleContactOut] | None = Field(description="null: nothing can be said, or not to this key.")
    hazards: list[HazardOut] | None = Field(description="Hazards of the home or homes; null: nothing can be said.")
    valid_until: datetime = Field(description="Until when the answer holds.")


def told(answer: Answer, held: Held | None, asker: Asker) -> AnswerOut:
    """An answer as it is sent. In: what is held, or None where nothing is; told only where `code` is an answer."""
    known = answer.code in ANSWERED
    shown = held or Held()
    whole = known and asker is not Asker.CONTRACTOR
    return AnswerOut(
        code=answer.code,
        lead=answer.lead,
        visit=_instruction(answer.visit),
        call_in=_instruction(answer.call_in),
        call_out=_instruction(answer.call_out),
        message=_instruction(answer.message),
        within_now=answer.within_now,
        next_within=answer.next_within,
        controls=list(answer.controls),
        why=list(answer.why),
        help=list(answer.help),
        overdue=list(answer.overdue),
        cautions=list(answer.cautions),
        acknowledge=answer.acknowledge,
        to_acknowledge=to_acknowledge(shown) if known else [],
        ask=answer.ask,
        exemptions=list(answer.exemptions),
        markers=markers(shown, asker) if known else None,
        limits=[limit_told(limit) for limit in shown.limits] if whole else None,
        single_contacts=[contact_told(contact) for contact in shown.contacts] if whole else None,
        hazards=[hazard_told(hazard, asker) for hazard in shown.hazards] if known else None,
        valid_until=answer.valid_until,
    )


def id_of(control: HeldControl) -> str:
    """What names a control to a machine: its case's random reference, and its own id in the case."""
    return f"{control.case}.{control.id}"


def to_acknowledge(held: Held) -> list[str]:
    """The markers that whoever attends must have read."""
    return [id_of(marker) for marker in (*held.markers, *held.others) if marker.high]


def markers(held: Held, asker: Asker) -> list[MarkerOut]:
    """The markers the asker may see as such."""
    whole = asker is not Asker.CONTRACTOR
    return [
        marker_told(marker, of, asker)
        for of, found in (("them", held.markers), ("someone_there", held.others))
        for marker in found
        if whole or marker.audience in TOLD_TO_CONTRACTORS
    ]


def marker_told(marker: HeldMarker, of: str, asker: Asker) -> MarkerOut:
    """A marker as it is sent. In: whose it is, them or someone_there."""
    whole = asker is not Asker.CONTRACTOR
    return MarkerOut(
        id=id_of(marker),
        of=of,
        risk=marker.risk,
        ukhds=marker.risk.code,
        hact=hact_of(marker.controls),
        controls=list(marker.controls),
        high=marker.high,
        provisional=marker.provisional,
        under_appeal=marker.under_appeal if whole else None,
        review_on=marker.review_on if whole else None,
    )


def hazard_told(hazard: HeldHazard, asker: Asker) -> HazardOut:
    """A hazard as it is sent: to everyone what it is and what to do, what was written of it to colleagues."""
    whole = asker is not Asker.CONTRACTOR
    return HazardOut(
        kind=hazard.kind,
        words=hazard.kind.what_to_do,
        detail=hazard.detail if whole else None,
        review_on=hazard.review_on if whole else None,
    )


def _instruction(given: Instruction) -> InstructionOut:
    return InstructionOut(allowed=given.allowed, words=given.words, emergency=given.emergency)


def limit_told(limit: HeldLimit) -> LimitOut:
    """A limit as it is sent."""
    plan = limit.plan
    return LimitOut(
        id=id_of(limit),
        channels=[channel for channel in Channel if channel in plan.channels],
        times=plan.times,
        period=plan.period,
        weekdays=[day for day in Weekday if day in plan.weekdays],
        from_time=plan.from_time,
        to_time=plan.to_time,
        starts_on=limit.starts_on,
        ends_on=limit.ends_on,
        review_on=limit.review_on,
        under_appeal=limit.under_appeal,
    )


def contact_told(contact: HeldContact) -> SingleContactOut:
    """A single contact as it is sent."""
    return SingleContactOut(
        id=id_of(contact),
        name=contact.name,
        telephone=contact.telephone,
        email=contact.email,
        cover=contact.cover,
        channels=[channel for channel in Channel if channel in contact.channels],
        starts_on=contact.starts_on,
        ends_on=contact.ends_on,
    )
