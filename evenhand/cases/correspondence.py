"""What a letter to a customer tells: facts only, no wording and no layout.

Every class is frozen and holds plain text, days and numbers, so that a letter can be kept as JSON and set again
years later to the same bytes. Words that a colleague or a customer wrote go in as they are: they are data, and
are never read as markup. Letters never name the colleague who was harmed or whoever reported (mission rule 21),
so no field exists for either.
"""

from dataclasses import dataclass
from datetime import date

from evenhand.cases.correspondents import Landlord, Recipient, Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class ConductItem:
    """One thing that was said or done, as the end of "You …": "shouted at a colleague on the telephone"."""

    words: str
    day: date
    finding: str = ""
    """How it was judged, to the customer: "unacceptable", "unreasonable", "neither"; empty before a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How the customer can give their side, and by when."""

    by: date
    how: tuple[str, ...]
    """Ways that suit this customer and are safe: "call 0161 …", "write to us"."""
    asked_on: tuple[date, ...] = ()
    """The days we asked before this letter."""
    meeting: str = ""
    """An appointment, when one is offered: "Tuesday 8 December 2026 at 2:30pm at our office"."""

    @property
    def last_asked_on(self) -> date | None:
        return self.asked_on[-1] if self.asked_on else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """What a warning says may follow: "limit how you can contact us"."""

    may_follow: str
    expected: str = ""
    """What we ask instead, in whole sentences."""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How, how often and when the customer can contact us. Empty means no limit of that sort."""

    channels: tuple[str, ...]
    """The ways that stay open: "email to conduct@…", "letter"."""
    starts: date
    ends: date
    review_on: date
    often: str = ""
    """"once a week"."""
    weekdays: tuple[str, ...] = ()
    hours: str = ""
    """"9am to 12 noon"."""
    expectation: str = ""
    """What we ask of the customer beside the limit, as the end of "Please …": "do not shout at our colleagues"."""
    closed: tuple[str, ...] = ()
    """The ways that are closed meanwhile: "telephone calls"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleContact:
    """The one named person to contact: has agreed, is never the target, and has a team's number."""

    name: str
    telephone: str
    email: str
    cover: str
    """Who answers when they are away: "Sam or anyone in the Customer Conduct team, on the same number"."""
    starts: date
    ends: date
    review_on: date
    hours: str = ""
    replaces: str = ""
    """Who it was before, when this letter tells of a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A note on the record to keep colleagues safe: reason, risk, control, audience, each as the customer reads it."""

    incident_on: date
    reason: str
    """As the end of "You …": "threatened to hit a colleague"."""
    risk: str
    control: str
    """What the note tells colleagues to do: "visit in pairs"."""
    audience: tuple[str, ...]
    placed_on: date
    review_on: date
    provisional: bool = False
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Asking us to look again. `last_day` is None in a draft: it is fixed when the letter is approved for sending."""

    how: tuple[str, ...]
    last_day: date | None = None
    within: str = ""
    """How long there is to ask, "20 working days": said where the last day is not yet fixed."""
    against: str = ""
    """What the customer asked us to look at again: "our decision of 3 December 2026"."""
    received_on: date | None = None
    decide_by: date | None = None
    late: bool = False
    result: str = ""
    """"upheld", "varied" or "dismissed"."""
    changes: str = ""
    """What is different now, in whole sentences."""
    still_stands: str = ""
    """What else of theirs holds and was not cancelled, as the end of "This does not change …"."""

    @property
    def is_upheld(self) -> bool:
        return self.result == "upheld"

    @property
    def is_varied(self) -> bool:
        return self.result == "varied"

    @property
    def is_dismissed(self) -> bool:
        return self.result == "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Our own look at whether a limit, a single contact or a note is still right."""

    of: str
    """"the limits on how you can contact us", "the note on your record to keep colleagues safe"."""
    on: date
    respond_by: date | None = None
    was_due_on: date | None = None
    """Set when the review is late: the letter then says sorry and how to complain (mission rule 7)."""
    result: str = ""
    """"kept", "changed" or "ended"."""
    changes: str = ""
    next_on: date | None = None
    asked_by_customer: bool = False

    @property
    def is_kept(self) -> bool:
        return self.result == "kept"

    @property
    def is_changed(self) -> bool:
        return self.result == "changed"

    @property
    def is_ended(self) -> bool:
        return self.result == "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A limit, a single contact or a note that is over."""

    what: str
    on: date
    cancelled: bool = False
    """True when an appeal found that it should not have been."""
    told: tuple[str, ...] = ()
    """Who had been told of a note, and has now been told that it ended: "our repairs contractor"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegation:
    """What the customer told us about a colleague, and what came of it; no colleague is named."""

    received_on: date
    about: str
    """As the end of "You told us …": "that a colleague was rude to you on 2 November 2026"."""
    outcome: str
    doing: str = ""
    """What we will do because of it, in whole sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Help that the customer agreed to."""

    to: str
    purpose: str
    """As the end of "to help you …": "sort out your repairs and your rent"."""
    agreed_on: date
    shares: tuple[str, ...]
    withdraw: str
    """How to change one's mind, as the end of "You can …"."""
    contact_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Legal:
    """A step in court, told only once it is served."""

    what: str
    """As the end of "We have asked the court …" : "for an order that stops violence at your home"."""
    court: str
    served_on: date
    claim_number: str = ""
    hearing: str = ""
    """"10am on 4 January 2027"."""
    what_next: str = ""
    """What happens next and what the customer can do, in whole sentences."""
    in_force: str = ""
    """What an order that is already in force forbids, in whole sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionAnswer:
    """What we answer a customer who objects to how often they were counted."""

    received_on: date
    words: str
    """Theirs."""
    looked_at: str
    changed: str
    """In whole sentences, with why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterData:
    """All that one letter tells. A part that the kind of letter does not speak of is left out."""

    landlord: Landlord
    recipient: Recipient
    sender: Sender
    reference: str
    dated: date
    conduct: tuple[ConductItem, ...] = ()
    to_stop: tuple[ConductItem, ...] = ()
    """What of it was found against the customer, where not all of it was: only that is asked to stop."""
    reasons: str = ""
    """Why we decided, in the decider's own words; paragraphs are parted by line breaks."""
    often: str = ""
    """How often, in whole sentences: "This happened 3 times in November 2026."."""
    beyond_forceful: str = ""
    """Why this is more than forceful or determined (C3), in whole sentences."""
    heard: str = ""
    """What the customer told us, in whole sentences; empty when they did not."""
    adjustments: tuple[str, ...] = ()
    """What we do differently because of what the customer needs: "we will ring before we write"."""
    police_told: bool = False
    limits_contact: bool = False
    """A limit on contact or a single contact is live, so the letter gives the emergency route whatever it is about."""
    account: Account | None = None
    warning: Warned | None = None
    limits: Limits | None = None
    single_contact: SingleContact | None = None
    marker: Marker | None = None
    appeal: Appeal | None = None
    review: Review | None = None
    ended: Ended | None = None
    allegation: Allegation | None = None
    referral: Referral | None = None
    legal: Legal | None = None
    objection: ObjectionAnswer | None = None
    earlier_warning_on: date | None = None
    keep_until: date | None = None
    """Until when we keep the record, when the letter says so."""
