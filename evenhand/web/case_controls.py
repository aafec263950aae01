"""What the tabs of a case say of limits, single contacts and markers, and of its letters."""

from datetime import date
from typing import Any

from django.urls import reverse

from evenhand.cases import reading
from evenhand.cases.reading import CaseFile
from evenhand.policy.events.expectation import ExpectationSet
from evenhand.policy.events.marker import (
    MarkerPlaced,
    MarkerVaried,
    NoticeWithheld,
    ProvisionalMarkerConfirmed,
    ProvisionalMarkerPlaced,
)
from evenhand.policy.events.single_contact import SingleContactAppointed, SingleContactChanged
from evenhand.policy.standing.correspondence import Letter, Post
from evenhand.policy.standing.expectation import Limit
from evenhand.policy.standing.marker import Marker
from evenhand.policy.standing.single_contact import Contact
from evenhand.policy.visibility import Part
from evenhand.web import way
from evenhand.web.case_step import name_of
from evenhand.web.contact_since import in_short
from evenhand.web.control_words import in_force, plan_in_words
from evenhand.web.said import Teller, letter, listed
from evenhand.web.section import Section, links, of_kind
from evenhand.web.templatetags.words import day, until

LIMIT_VERBS = ("expectation.extend", "expectation.vary", "expectation.lift", "expectation.request_review")
CONTACT_VERBS = ("single_contact.change", "single_contact.extend", "single_contact.end", "expectation.request_review")
MARKER_VERBS = ("marker.keep", "marker.remove", "marker.request_review", "marker.withhold_notice", "marker.give_notice")
PROVISIONAL_VERBS = (
    "provisional_marker.confirm",
    "provisional_marker.renew",
    "marker.place",
    "marker.remove",
    "marker.withhold_notice",
    "marker.give_notice",
)


def controls(file: CaseFile, tell: Teller) -> list[Section]:
    """Everything that holds or held, with its dates, its review, its days to appeal, and what may be done about it."""
    case = file.case
    since = in_short(file, [*case.expectation.limits, *case.single_contact.contacts])
    found = [
        *(of_marker(file, tell, marker) for marker in case.marker.all),
        *(of_limit(file, tell, limit, since.get(limit.id, "")) for limit in case.expectation.limits),
        *(of_contact(file, tell, contact, since.get(contact.id, "")) for contact in case.single_contact.contacts),
    ]
    verbs = ("provisional_marker.place", "marker.place", "expectation.set", "single_contact.appoint")
    more = Section(
        "Set or place another" if found else "Limits and markers",
        links=(*links(file, *verbs), *_told(file, bool(found))),
        empty="" if found else "Nothing limits how this person contacts us, and no marker rests on this case.",
    )
    return [*found, more]


def _told(file: CaseFile, any_found: bool) -> list[tuple[str, str]]:
    return [("Who was told", reverse("disclosures.case", args=[file.reference]))] if any_found else []


def of_marker(file: CaseFile, tell: Teller, marker: Marker) -> Section:
    kinds: tuple[Any, ...] = (ProvisionalMarkerPlaced, MarkerPlaced)
    placed: Any = [e for kind in kinds for e in of_kind(file, kind) if e.marker == marker.id][-1]
    varied: Any = [e for e in of_kind(file, MarkerVaried) if e.marker == marker.id]
    now: Any = varied[-1] if varied else placed
    confirmed = [e for e in of_kind(file, ProvisionalMarkerConfirmed) if e.marker == marker.id]
    withheld = [e for e in of_kind(file, NoticeWithheld) if e.marker == marker.id]
    return Section(
        f"{'Provisional marker' if marker.provisional else 'Marker'} {marker.id}",
        badges=_marker_badges(file, marker),
        facts=(
            ("What to do", listed(control.value for control in now.controls)),
            ("In an emergency", now.safe_attendance),
            ("Risk", f"{placed.risk.value} ({placed.risk.code})"),
            ("Who is told", now.audience.value),
            ("Because of", f"Incident {marker.incident}"),
            ("Placed", f"{day(placed.on)}, by {tell[placed.by]}"),
            ("Confirmed", f"{day(confirmed[-1].on)}, by {tell[confirmed[-1].by]}" if confirmed else ""),
            *(_dates_of(marker, file) if marker.stands else ()),
            ("Last day to appeal", _appeal_day(marker.told.appeal_by, file)),
        ),
        quotes=(("Reasons", placed.reasons), ("Why notice is withheld", withheld[-1].reasons if withheld else "")),
        links=_marker_links(file, marker),
    )


def _dates_of(marker: Marker, file: CaseFile) -> tuple[tuple[str, str], ...]:
    """What is still to be done about a marker, and by when: nothing once it is removed."""
    return (
        ("Confirm by", _due(marker.confirm_by, file)),
        ("Decide or renew by", _due(marker.decide_by, file)),
        ("Review by", _due(marker.review_on, file)),
        ("Answer the customer by", _due(marker.answer_by, file)),
        ("Notice is withheld until", _due(marker.withheld_until, file)),
    )


def _marker_links(file: CaseFile, marker: Marker) -> tuple[tuple[str, str], ...]:
    if not marker.stands:
        return ()
    verbs: tuple[str, ...] = PROVISIONAL_VERBS if marker.provisional else MARKER_VERBS
    unfit = {"marker.give_notice"} if not marker.withheld_until else {"marker.withhold_notice"}
    if marker.told.deemed_on and not marker.withheld_until:
        unfit.add("marker.withhold_notice")
    verbs = tuple(verb for verb in verbs if verb not in unfit)
    return links(file, *verbs, "appeal.lodge", subject=marker.id)


def _marker_badges(file: CaseFile, marker: Marker) -> tuple[tuple[str, str], ...]:
    if marker.removed:
        return (("Removed", ""),)
    late = "Not decided in time" if marker.provisional else "Review overdue"
    return (
        ("In force", "danger"),
        *(((late, "danger"),) if marker.is_overdue(file.day) else ()),
        *_appealed(file, marker.id),
        *((("Notice withheld", "due"),) if marker.withheld_until else ()),
    )


def of_limit(file: CaseFile, tell: Teller, limit: Limit, since: str = "") -> Section:
    event = next(e for e in of_kind(file, ExpectationSet) if e.limit == limit.id)
    held = limit.plan_on(file.day)
    return Section(
        f"{'Limit on contact' if limit.plan else 'What we expect'} {limit.id}",
        badges=(*_limit_badges(file, limit), *_appealed(file, limit.id)),
        facts=(
            ("How they contact us", plan_in_words(held) if held else ""),
            (f"From {day(limit.plan_from)}", plan_in_words(limit.plan) if limit.plan and limit.plan != held else ""),
            ("Decided, and not told yet", _untold(limit)),
            ("What we expect", event.behaviour),
            *_days(file, limit),
            ("Contacts", since),
            ("Set", f"{day(event.on)}, by {tell[event.by]}"),
            ("Their complaint", event.complaint_considered),
        ),
        quotes=(("Reasons", event.reasons),),
        links=(*_limit_links(file, limit, LIMIT_VERBS), *_contacts(file, limit.id, since)),
    )


def _untold(limit: Limit | Contact) -> str:
    """A fresh decision that holds only once its letter has gone."""
    change = limit.change
    if change.plan:
        return plan_in_words(change.plan)
    return f"Until {day(change.ends_on)}" if change.ends_on else ""


def of_contact(file: CaseFile, tell: Teller, contact: Contact, since: str = "") -> Section:
    kinds: tuple[Any, ...] = (SingleContactAppointed, SingleContactChanged)
    told: Any = [e for kind in kinds for e in of_kind(file, kind) if e.limit == contact.id][-1]
    return Section(
        f"Single contact {contact.id}",
        badges=(*_limit_badges(file, contact), *_appealed(file, contact.id)),
        facts=(
            ("Whom they contact", told.name),
            ("How", listed((way for way in (told.telephone, told.email) if way), "or")),
            ("Cover", told.cover),
            ("Decided, and not told yet", _untold(contact)),
            *_days(file, contact),
            ("Contacts", since),
        ),
        quotes=(("Reasons", told.reasons),),
        links=(*_limit_links(file, contact, CONTACT_VERBS), *_contacts(file, contact.id, since)),
    )


def _limit_links(file: CaseFile, limit: Limit | Contact, verbs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    if not limit.is_live(file.day):
        return ()
    answer = ("expectation.keep",) if limit.answer_by else ()
    return links(file, *answer, *verbs, "appeal.lodge", subject=limit.id)


def _contacts(file: CaseFile, limit: str, since: str) -> list[tuple[str, str]]:
    """The list behind the two numbers."""
    page = reverse("contact.under_limit", args=[file.reference, limit])
    return [("See the contacts within and outside it", page)] if since else []


def _limit_badges(file: CaseFile, limit: Limit | Contact) -> tuple[tuple[str, str], ...]:
    if not limit.is_live(file.day):
        return (("Ended", ""),)
    return (("In force", "accent"),) if limit.in_force(file.day) else (("Not in force yet", "due"),)


def _days(file: CaseFile, limit: Limit | Contact) -> tuple[tuple[str, str], ...]:
    live = limit.is_live(file.day)
    return (
        ("When", in_force(limit.starts_on, limit.ends_on, "limit", file.day) if live else ""),
        ("Review by", _due(limit.review_on, file) if live else ""),
        ("Answer the customer by", _due(limit.answer_by, file) if live else ""),
        ("Last day to appeal", _appeal_day(limit.told.appeal_by, file)),
    )


def _appealed(file: CaseFile, id: str) -> tuple[tuple[str, str], ...]:
    shown = file.sees(Part.APPEAL) and any(appeal.against == id for appeal in file.case.appeal.open)
    return (("Under appeal", "due"),) if shown else ()


def _due(on: date | None, file: CaseFile) -> str:
    return f"{day(on)} ({until(on, file.day)})" if on else ""


def _appeal_day(on: date | None, file: CaseFile) -> str:
    if on is None:
        return ""
    return f"{day(on)}, which has passed" if on < file.day else day(on)


KINDS = {Post.DRAFT: "due", Post.UNCERTAIN: "danger", Post.RETURNED: "danger", Post.SENT: "good"}


def letters(file: CaseFile, tell: Teller) -> list[Section]:
    """Each letter with how far it has come, the newest first; a letter's page shows the letter itself."""
    rows = {row.letter: row for row in reading.letters_of(file)}
    standing = [each for each in reversed(file.case.correspondence.letters) if each.id in rows]
    if not standing:
        return [Section("Letters", empty="No letter has been drafted. Each is drafted with the act that calls for it.")]
    columns = [{"words": words} for words in ("Letter", "State", "Drafted", "Send by or sent")]
    table = {
        "caption": "Letters of this case",
        "columns": columns,
        "rows": [_letter_row(file, each, rows[each.id]) for each in standing],
    }
    return [Section("Letters", table=table)]


def _name(file: CaseFile, each: Letter) -> str:
    """What kind of letter it is; where the case has another of that kind, also what of the case it tells of."""
    words, about = letter(each.kind), name_of(file.case, each.about)
    alike = [other for other in file.case.correspondence.letters if other.kind is each.kind]
    return f"{words}: {about}" if about and len(alike) > 1 else words


def _letter_row(file: CaseFile, each: Letter, row: reading.LetterRow) -> list[Any]:
    state = f"Waits for {each.format_kind.value}" if each.awaits_format and each.format_kind else each.post.value
    words = _name(file, each)
    href = way.to_letter(file.reference, each.id)
    first: Any = {"words": words[0].upper() + words[1:], "href": href} if href else words[0].upper() + words[1:]
    when = day(row.sent_at) if row.sent_at else _due(each.send_by, file) if each.post is not Post.SET_ASIDE else ""
    kind = KINDS.get(each.post, "")
    marker = file.case.marker.get(each.about)
    if each.post is Post.DRAFT and marker and marker.withheld_until:
        state, when = "Notice is withheld", f"Looked at again {day(marker.withheld_until)}"
    shown = state[0].upper() + state[1:]
    return [first, {"words": shown, "kind": kind} if kind else shown, day(row.drafted_at), when]
