"""Rule 7: a provisional marker is confirmed by a finding, renewed, or removed: what clears its incident removes it."""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.correspondence import LetterSetAside
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.marker import MarkerRemoved
from evenhand.policy.occasion import Occasion
from evenhand.policy.standing.correspondence import Post
from evenhand.policy.standing.marker import Marker

READS = "incident marker correspondence"
GONE = "The marker that it tells of was removed before the letter went."


def removed(case: Case, now: Occasion, against: frozenset[Conduct], cause: Ending, reasons: str) -> list[Event]:
    """The ends of provisional markers whose incident holds no behaviour among the conduct found `against` them."""
    unfounded = (
        m
        for m in case.marker.provisional
        if not any(conduct.is_behaviour for conduct in against & case.incident.conducts_in(m.incident))
    )
    return [event for m in unfounded for event in _ended(case, now, m, cause, reasons)]


def turned_away(case: Case, now: Occasion, incident: str, reasons: str) -> list[Event]:
    """The ends of provisional markers about a report that is not about conduct."""
    resting = (m for m in case.marker.provisional if m.incident == incident)
    return [event for m in resting for event in _ended(case, now, m, Ending.UNDECIDED, reasons)]


def decided_elsewhere(case: Case, now: Occasion, cause: Ending, reasons: str) -> list[Event]:
    """The ends of provisional markers about a report that joined another case, once that case has answered them."""
    joined = {incident.id for incident in case.incident.all if incident.triage is Triage.JOINS}
    resting = (m for m in case.marker.provisional if m.incident in joined)
    return [event for m in resting for event in _ended(case, now, m, cause, reasons)]


def _ended(case: Case, now: Occasion, marker: Marker, cause: Ending, reasons: str) -> Iterator[Event]:
    """Whoever was told of the marker is told of its end; a letter that never went is set aside, and nothing is told."""
    about = [letter for letter in case.correspondence.letters if letter.about == marker.id]
    told = any(letter.post not in (Post.DRAFT, Post.SET_ASIDE) for letter in about)
    yield MarkerRemoved(**stamp(now), marker=marker.id, cause=cause, reasons=reasons, told=told)
    for letter in about:
        if letter.post is Post.DRAFT:
            yield LetterSetAside(**stamp(now), letter=letter.id, reason=GONE)
