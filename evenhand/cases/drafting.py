"""D1: the letter that an event calls for, drafted in the transaction of the act, or there is no act."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from evenhand.cases import letter_check, models, typesetting
from evenhand.cases.composing import LetterIncomplete
from evenhand.cases.correspondence import LetterData
from evenhand.cases.correspondence_json import to_dict
from evenhand.cases.letter_facts import apart, appeal, decision, limit, marker, sides, unnamed
from evenhand.cases.letter_facts.telling import Telling
from evenhand.cases.letter_kind import Format
from evenhand.cases.log import Entry, case_of, entries_of
from evenhand.cases.wording import WordingError
from evenhand.people import reading
from evenhand.policy import letter as policy_letter
from evenhand.policy import statement
from evenhand.policy.case import Case, replay
from evenhand.policy.events.correspondence import LetterDrafted, LetterKind
from evenhand.policy.events.event import stamp
from evenhand.policy.events.marker import MarkerKept, ProvisionalMarkerRenewed, ReviewNotified
from evenhand.policy.need import LetterFormat
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, Refused
from evenhand.policy.staff import SYSTEM
from evenhand.policy.standing.correspondence import Post


def _review_outcome(telling: Telling, event: Any) -> LetterData:
    of_a_marker = isinstance(event, MarkerKept | ProvisionalMarkerRenewed)
    return marker.kept(telling, event) if of_a_marker else limit.review_outcome(telling, event)


def _review_notice(telling: Telling, event: Any) -> LetterData:
    of_a_marker = isinstance(event, ReviewNotified)
    return marker.review_notice(telling, event) if of_a_marker else limit.review_notice(telling, event)


FACTS: Mapping[LetterKind, Callable[[Telling, Any], LetterData]] = MappingProxyType(
    {
        LetterKind.INVITATION: decision.invitation,
        LetterKind.REMINDER: decision.invitation,
        LetterKind.NO_ACTION: decision.no_action,
        LetterKind.WARNING: decision.warning,
        LetterKind.FINDING: decision.finding,
        LetterKind.LIMITS: limit.limits,
        LetterKind.SINGLE_CONTACT: limit.single_contact,
        LetterKind.MARKER: marker.placed,
        LetterKind.REVIEW_NOTICE: _review_notice,
        LetterKind.REVIEW_OUTCOME: _review_outcome,
        LetterKind.LIMIT_ENDED: limit.ended,
        LetterKind.MARKER_ENDED: marker.removed,
        LetterKind.APPEAL_RECEIVED: appeal.received,
        LetterKind.APPEAL_OUTCOME: appeal.outcome,
        LetterKind.COUNTER_ALLEGATION_OUTCOME: apart.allegation_resolved,
        LetterKind.REFERRAL: apart.referral,
        LetterKind.LEGAL: apart.legal,
    }
)
"""How the facts of each kind of letter are gathered."""


class LetterUnfit(Refused):
    """A letter cannot say what it must, so the act that calls for it is refused and nothing is recorded."""

    def __init__(self, words: str) -> None:
        super().__init__(Objection(words, Promise.D1))


def draft(row: models.Case, history: Sequence[Entry], entry: Entry, now: Occasion) -> LetterDrafted | None:
    """Drafts the letter that the event of `entry` calls for; `history` ends with all that the act wrote.

    Out: the event that records the draft, or None where no letter is called for. Raises `LetterUnfit` when it would
    not say what it must, `Refused` when it names whom no letter may name.
    """
    called = policy_letter.called_for(entry.event)
    if called is None:
        return None
    if row.person is None:
        raise Refused(Objection("Nobody knows who the person is, so they cannot be told.", Promise.D1))
    try:
        telling = _telling(row, history, entry, now, called)
    except sides.NoLandlord as nobody:
        raise LetterUnfit(str(nobody)) from nobody
    data = FACTS[called.kind](telling, entry.event)
    wanted = sides.suggested(row.person, now.known)
    for shape in dict.fromkeys((Format.STANDARD, shape_of(wanted))):
        check(called.kind, shape, data, appealable=called.appealable, names=telling.names)
    return _kept(row, entry, called, data, wanted, now)


def follow(row: models.Case, case: Case) -> None:
    """Brings the letters' rows in line with where the log says that they are, and since when one is sent."""
    posts = {letter.id: letter.post for letter in case.correspondence.letters}
    for kept in models.Letter.objects.filter(case=row).only("letter", "post"):
        post = posts.get(kept.letter)
        if post and kept.post != post:
            since = {"sent_at": row.last_at} if post is Post.SENT else {}
            models.Letter.objects.filter(pk=kept.pk).update(post=post, **since)


def check(kind: LetterKind, shape: Format, data: LetterData, *, appealable: bool, names: Sequence[str]) -> None:
    """Raises `LetterUnfit` for a required statement left out or empty, `Refused` for a name that no letter may give."""
    try:
        said = typesetting.statements(kind.value, shape.value, data)
    except (LetterIncomplete, WordingError) as fault:
        raise LetterUnfit(f"{fault} Nothing was recorded. An administrator puts it right.") from fault
    needed = statement.must_say(kind, appealable=appealable, limits_contact=data.limits_contact)
    if missing := letter_check.missing(sorted(needed), said):
        raise LetterUnfit(
            f"The letter “{kind.words}” ({shape.value.replace('_', ' ')}) does not say: "
            f"{', '.join(missing)}. Nothing was recorded. An administrator mends its wording."
        )
    if named := unnamed.named_in("\n".join(said.values()), names):
        raise Refused(
            Objection(
                f"The letter would name {', '.join(named)}. Letters never name a colleague who was affected or "
                "whoever reported: say “a colleague” instead.",
                Promise.D1,
                field="reasons",
            )
        )


def unnameable(row: models.Case) -> tuple[str, ...]:
    """The names that no letter of this case may give; in a sealed matter, those of the case it is about too."""
    events = tuple(entry.event for entry in entries_of(row))
    return unnamed.names((*events, *_conducting(row.about, events)))


def shape_of(wanted: LetterFormat) -> Format:
    """The shape in which this format is set; one that people make is made from the standard letter."""
    return Format.STANDARD if wanted.is_made_elsewhere else Format[wanted.name]


def _telling(
    row: models.Case, history: Sequence[Entry], entry: Entry, now: Occasion, called: policy_letter.Letter
) -> Telling:
    assert row.person
    until = [e for e in history if e.number <= entry.number]
    events = tuple(e.event for e in until)
    case = case_of(history)
    conducting = _conducting(case.handling.about, events)
    ours = sides.landlord()
    aside = unnamed.actors((*events, *conducting)) | case.involvement.conflicted | case.involvement.targets
    signs = sides.sender((now.by.id, row.holder, case.handling.holder or ""), aside, ours)
    from_us = replace(signs, closed=sides.closed(case, now, row.reference))
    return Telling(
        letter=called,
        event=entry.event,
        history=events,
        conducting=conducting,
        before=replay(events[:-1]),
        case=case,
        now=now,
        reference=row.reference,
        landlord=ours,
        recipient=sides.recipient(reading.kept_record(row.person), now, row.home),
        sender=from_us,
        ways=sides.ways(from_us),
        names=unnamed.names((*events, *conducting)),
    )


def _conducting(about: str | None, events: tuple[Any, ...]) -> tuple[Any, ...]:
    """A sealed matter tells of the conduct in the case it is about."""
    parent = models.Case.objects.filter(reference=about).first() if about else None
    return tuple(e.event for e in entries_of(parent)) if parent else events


def _kept(
    row: models.Case,
    entry: Entry,
    called: policy_letter.Letter,
    data: LetterData,
    wanted: LetterFormat,
    now: Occasion,
) -> LetterDrafted:
    letter = f"T{models.Letter.objects.filter(case=row).count() + 1}"
    drafted = LetterDrafted(
        **stamp(replace(now, by=SYSTEM)),
        letter=letter,
        kind=called.kind,
        about=called.about,
        adverse=called.adverse,
        appealable=called.appealable,
        send_by=now.terms.working_days_after(now.day, now.terms.unsent_days),
    )
    models.Letter.objects.create(
        case=row,
        letter=letter,
        reference=f"LT-{secrets.token_hex(5)}",
        event=entry.number,
        kind=called.kind,
        about=called.about,
        adverse=called.adverse,
        drafted_at=now.at,
        data=to_dict(data),
        format=wanted,
        post=Post.DRAFT,
        send_by=drafted.send_by,
    )
    return drafted
