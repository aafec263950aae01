"""C1, C4: what may happen to a report, and to the colleagues it affected."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.conduct import Conduct
from evenhand.policy.events.event import Event
from evenhand.policy.need import Channel


class Source(StrEnum):
    """Who says it happened; a contractor's word goes through the same triage (rule 3)."""

    COLLEAGUE = "a colleague"
    CONTRACTOR = "a contractor"
    OTHER = "someone else"


class Triage(StrEnum):
    """What a manager or investigator makes of a report."""

    NEW_CASE = "a new case"
    JOINS = "joins a case"
    NOT_CONDUCT = "not a conduct matter"
    NEEDS_MORE = "needs more"


class Injury(StrEnum):
    """What happened to a colleague, as the reporting duties sort it (rule 17)."""

    NONE = "not hurt"
    UPSET = "upset or shaken"
    MINOR = "a minor injury"
    OVER_SEVEN_DAYS = "unable to work for more than seven days"
    SPECIFIED = "a specified injury"


class Aftercare(StrEnum):
    """What a colleague who was affected is owed the same day (C4)."""

    CALL = "a call from their manager"
    DEBRIEF = "a debrief"
    REPORTABLE = "whether the injury must be reported"
    POLICE = "whether they want the police told"
    OUTCOME = "told the outcome"


@dataclass(frozen=True, kw_only=True)
class IncidentReported(Event):
    incident: str
    conducts: tuple[Conduct, ...]
    account: str
    happened_on: date
    happened_at: str
    where: str
    channel: Channel
    source: Source
    danger_now: bool
    on_behalf_of: str
    witnesses: str
    described: str
    online_account: str
    home: str | None
    triage_by: date
    joined_from: str | None = None
    joined_by: str = ""
    """Who triaged it into this case: they took part in it (rule 5)."""
    decide_by: date | None = None
    """The case has something undecided again, and by when it is decided."""
    marked: bool = False
    """A provisional marker was placed about it in the report that joined: it runs there, and begins nowhere again."""
    instructed: bool = False
    """The home had an instruction about it in the report that joined, and has none again (rule 20)."""
    put_right: str = ""
    help_offered: str = ""
    """Of a report made from what was measured (C2): what of it was ours, and what help came before it (S1)."""


@dataclass(frozen=True, kw_only=True)
class ColleagueAffected(Event):
    """Held apart from the report, so that who was hurt can be seen by fewer people."""

    incident: str
    colleague: str | None
    name: str
    injury: Injury
    aftercare_by: date
    report_injury_by: date | None


@dataclass(frozen=True, kw_only=True)
class AftercareGiven(Event):
    incident: str
    colleague: str
    care: Aftercare
    note: str


@dataclass(frozen=True, kw_only=True)
class AftercareMoved(Event):
    """The report's day was corrected, and with it the last day to report the colleague's injury (rule 17)."""

    incident: str
    colleague: str
    report_injury_by: date


@dataclass(frozen=True, kw_only=True)
class PersonIdentified(Event):
    person: str
    how: str


@dataclass(frozen=True, kw_only=True)
class IncidentTriaged(Event):
    incident: str
    outcome: Triage
    reason: str
    joins: str | None
    first_contact_by: date | None
    decide_by: date | None


@dataclass(frozen=True, kw_only=True)
class IncidentCorrected(Event):
    incident: str
    correction: str
    conducts: tuple[Conduct, ...]
    happened_on: date
    alleges_more: bool = False
    """Something is alleged now that was not before, so nobody has answered it yet."""


@dataclass(frozen=True, kw_only=True)
class HomeInstructionPlaced(Event):
    incident: str
    home: str
    instruction: str
    until: date
