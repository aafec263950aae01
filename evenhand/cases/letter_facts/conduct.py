"""What was said or done and when, in words fit for the person who did it: conduct and days, never labels."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from evenhand.cases.correspondence import ConductItem
from evenhand.policy.case import replay
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import IncidentReported
from evenhand.policy.need import Channel
from evenhand.policy.standing.incident import Incident

DID: Mapping[Conduct, str] = MappingProxyType(
    {
        Conduct.VIOLENCE: "used violence against someone who works for us",
        Conduct.THREATS: "threatened someone with violence or harm",
        Conduct.SHOUTING: "shouted at someone who works for us, or used abusive language",
        Conduct.PERSONAL_ABUSE: "insulted someone who works for us",
        Conduct.DISCRIMINATION: "made hurtful remarks about who someone is",
        Conduct.REPEATED_CONTACT: "contacted us again and again without giving us time to answer",
        Conduct.EXCESSIVE_EMAILS: "sent us far more emails than we could deal with",
        Conduct.IMMEDIATE_RESPONSES: "asked for answers at once when we had agreed a later time",
        Conduct.SENIOR_ONLY: "asked only for senior colleagues and would not talk to anyone else",
        Conduct.NOT_SPECIFIC: "did not tell us what was wrong when we asked",
        Conduct.SETTLED_ISSUES: "came back to old matters that were already settled",
        Conduct.EXHAUSTED_COMPLAINT: "went on with a complaint that had been through all its stages",
    }
)
"""Each conduct as the end of "You …"."""

WHERE: Mapping[Channel, str] = MappingProxyType(
    {
        Channel.PHONE: "on the telephone",
        Channel.EMAIL: "in an email",
        Channel.LETTER: "in a letter",
        Channel.WEBFORM: "through the form on our website",
        Channel.VISIT: "when we visited",
        Channel.OFFICE: "at our office",
        Channel.SOCIAL: "on social media",
    }
)

JUDGED: Mapping[Finding, str] = MappingProxyType(
    {
        Finding.UNACCEPTABLE: "unacceptable",
        Finding.UNREASONABLE: "unreasonable",
        # What did not happen, or cannot be shown, is never told as if it had.
        Finding.NEITHER: "nothing that we need to act on",
    }
)


def items(
    history: Iterable[Event],
    found: Iterable[tuple[Conduct, Finding]] = (),
    *,
    only: frozenset[Conduct] = frozenset(),
) -> tuple[ConductItem, ...]:
    """What is told of the incidents of a case, oldest first, each with how it was judged if it was.

    `only` leaves out every other conduct. Incidents that triage kept out of the case are not told, unless no other
    is there (a marker can be placed before triage).
    """
    history, judged = tuple(history), dict(found)
    channels = {e.incident: e.channel for e in history if isinstance(e, IncidentReported)}
    incidents = replay(history).incident
    told = incidents.in_case or incidents.all
    return tuple(
        ConductItem(
            words=words(conduct, channels[incident.id]),
            day=incident.happened_on,
            finding=JUDGED[judged[conduct]] if conduct in judged else "",
        )
        for incident in sorted(told, key=lambda i: (i.happened_on, i.id))
        for conduct in in_order(incident)
        if not only or conduct in only
    )


def in_order(incident: Incident) -> tuple[Conduct, ...]:
    """An incident's conducts in the policy's own order, so that a letter is always the same."""
    return tuple(conduct for conduct in Conduct if conduct in incident.conducts)


def words(conduct: Conduct, channel: Channel) -> str:
    """One conduct as the end of "You …"; behaviour also says where, a demand is its own place."""
    return f"{DID[conduct]}, {WHERE[channel]}" if conduct.is_behaviour else DID[conduct]
