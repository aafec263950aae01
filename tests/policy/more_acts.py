"""What anyone may try beside the spine: limits, markers, the police, the court, and looking after the case."""

from datetime import date, timedelta
from typing import Any

from evenhand.policy import joined
from evenhand.policy.case import Case
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.handling import Outcome
from evenhand.policy.events.incident import IncidentReported, Source
from evenhand.policy.need import Channel
from evenhand.policy.occasion import Occasion
from evenhand.policy.staff import SYSTEM
from tests.policy import answers as told
from tests.policy.acts import MOST, Act, Subjects, act, few, never
from tests.policy.people import CUSTOMER, DIRECTOR, DUTY, INVESTIGATOR, MANAGER, SENIOR, TARGET


def _limits(case: Case, day: date) -> list[str]:
    return [x.id for x in case.expectation.limits if not x.ended]


def _contacts(case: Case, day: date) -> list[str]:
    return [x.id for x in case.single_contact.contacts if not x.ended]


def _markers(case: Case, day: date) -> list[str]:
    return [m.id for m in case.marker.standing]


def _holds(case: Case, day: date) -> list[str]:
    return [hold.id for hold in case.disposal.holds]


def _new_limit(plan: Any) -> Act:
    fewer = few(lambda case: len(case.expectation.limits))
    return Act("expectation.set", (MANAGER, TARGET), lambda c, day, s: told.limits(day, plan), fewer)


WEIGH_REVIEW = act("assessment.make", INVESTIGATOR, **told.assessment(Step.REVIEW))
ONE_LIMIT = Act(
    "expectation.set",
    (MANAGER, TARGET),
    lambda c, day, s: told.limits(day),
    lambda case, day: () if case.expectation.limits else (None,),
)
EXPECTATION = (
    _new_limit(told.BY_LETTER),
    _new_limit(None),
    act("expectation.lift", MANAGER, TARGET, subjects=_limits, reasons="Better."),
    act("expectation.lapse", SYSTEM, subjects=_limits),
    never("expectation.question", SYSTEM, subjects=_limits),
)
REVIEWED_LIMIT = (
    WEIGH_REVIEW,
    act("expectation.vary", MANAGER, TARGET, subjects=_limits, plan=told.BY_EMAIL_OR_LETTER, reasons="Easier."),
    act("expectation.extend", MANAGER, SENIOR, TARGET, subjects=_limits, reasons="It goes on."),
    act("expectation.request_review", CUSTOMER, subjects=_limits, words="Please end it."),
    act("expectation.keep", MANAGER, TARGET, subjects=_limits, reasons="Not yet."),
)
BY_EMAIL = _new_limit(told.Plan(channels=frozenset({Channel.EMAIL, Channel.PHONE})))
SINGLE_CONTACT = (
    Act(
        "single_contact.appoint",
        (MANAGER, TARGET),
        lambda c, d, s: told.single_contact(),
        few(lambda case: len(case.single_contact.contacts)),
    ),
    never("single_contact.appoint", MANAGER, **told.single_contact(colleague=TARGET.id)),
    Act("single_contact.change", (MANAGER, TARGET), lambda c, d, s: told.single_contact(telephone=""), _contacts),
    act("single_contact.end", MANAGER, TARGET, subjects=_contacts, reasons="Done."),
    act("single_contact.lapse", SYSTEM, subjects=_contacts),
    act("single_contact.cover", SYSTEM, subjects=_contacts),
)
NOTIFY_OF_REVIEW = act(
    "limit_review.notify", SYSTEM, subjects=lambda case, day: [*_limits(case, day), *_contacts(case, day)]
)
REVIEWED_CONTACT = (
    WEIGH_REVIEW,
    act("single_contact.extend", MANAGER, TARGET, subjects=_contacts, reasons="It goes on."),
    act("expectation.request_review", CUSTOMER, subjects=_contacts, words="Please end it."),
    act("expectation.keep", MANAGER, TARGET, subjects=_contacts, reasons="Not yet."),
)


def _place(case: Case, day: date) -> list[str | None]:
    new: list[str | None] = [None] if len(case.marker.all) < MOST else []
    return [*new, *(m.id for m in case.marker.provisional)]


def _about(id: str) -> Act:
    there: Subjects = lambda case, day: _place(case, day) if case.incident.get(id) else ()  # noqa: E731
    return Act("marker.place", (MANAGER, SENIOR, TARGET), lambda c, d, s: told.marker(id), there)


PLACE = _about("I1")
PLACE_ON_THE_NEXT = _about("I2")
MARKER = (PLACE, act("marker.remove", MANAGER, TARGET, subjects=_markers, reasons="No longer needed."))
KEEP = act("marker.keep", MANAGER, DIRECTOR, TARGET, subjects=_markers, reasons="It goes on.")
REVIEWED_MARKER = (
    WEIGH_REVIEW,
    KEEP,
    act("marker.request_review", CUSTOMER, subjects=_markers, words="Please end it."),
    act("marker.notify_review", SYSTEM, subjects=_markers),
    act("marker.end_tenancy", SYSTEM, subjects=_markers),
)
WITHHELD = (
    act("marker.withhold_notice", SENIOR, MANAGER, TARGET, subjects=_markers, reasons="He would find her."),
    act("marker.give_notice", MANAGER, TARGET, subjects=_markers),
)
PROVISIONAL = (
    Act(
        "provisional_marker.place",
        (DUTY, TARGET),
        lambda c, d, s: told.marker(),
        few(lambda case: len(case.marker.all)),
    ),
    act("provisional_marker.confirm", MANAGER, TARGET, subjects=_markers, reasons="Agreed."),
    act("provisional_marker.renew", SENIOR, DIRECTOR, MANAGER, TARGET, subjects=_markers, reasons="More time."),
    act("marker.remove", MANAGER, TARGET, subjects=_markers, reasons="Not so."),
)

POLICE = (
    Act("police.report", (INVESTIGATOR,), lambda c, d, s: told.BELIEF, few(lambda case: len(case.police.reports))),
    act("police.update", INVESTIGATOR, update="They visit.", subjects=lambda c, d: [r[0] for r in c.police.reports]),
    act("police.decline", MANAGER, TARGET, incident="I1", reasons="No crime."),
)


def _steps(case: Case, day: date) -> list[str]:
    return [s.id for s in case.legal_action.steps]


LEGAL = (
    Act(
        "legal_action.consider",
        (MANAGER, TARGET),
        lambda c, d, s: told.step(),
        lambda case, day: () if case.legal_action.steps else (None,),
    ),
    act("legal_action.approve", SENIOR, MANAGER, TARGET, subjects=_steps, reasons="Yes."),
    act("assessment.make", INVESTIGATOR, **told.assessment(Step.LEGAL)),
    act("legal_action.start", MANAGER, TARGET, subjects=_steps, court="County court"),
    Act(
        "legal_action.serve",
        (MANAGER, TARGET),
        lambda c, day, s: {"served_on": day, "how": "By hand", "people": ("person",), "what_next": "A hearing."},
        _steps,
    ),
    act("legal_action.order", MANAGER, subjects=_steps, terms="Stay away."),
    Act("legal_action.breach", (MANAGER,), lambda c, day, s: {"what": "Came back", "happened_on": day}, _steps),
    act("legal_action.end", MANAGER, TARGET, subjects=_steps, outcome="Withdrawn"),
)
COUNTER_ALLEGATION = (
    act("investigation.hear", INVESTIGATOR, **told.HEARD, about_a_colleague=True),
    act("counter_allegation.settle", MANAGER, TARGET, set_apart=True, reason="Looked into apart."),
    act("investigation.decline", INVESTIGATOR, words="No."),
)
CLOSE = (
    act("handling.close", MANAGER, TARGET, outcome=Outcome.RESOLVED, reasons="Done."),
    act("handling.reopen", MANAGER, reasons="More came."),
)
HANDLING = (
    *CLOSE,
    Act("handling.link", (MANAGER,), lambda c, d, s: {"other": "OTHER", "reason": "One household"}),
    act("handling.assign", MANAGER, TARGET, to=INVESTIGATOR.id, reason="Hers."),
    never(
        "handling.assign",
        MANAGER,
        subjects=lambda case, day: (None,) if case.incident.all else (),
        to=TARGET.id,
        reason="Hers.",
    ),
    act("handling.join_records", SYSTEM, other="other"),
    act("handling.reconcile", MANAGER, TARGET, reasons="Seen."),
)
WEEK = timedelta(days=7)
DISPOSAL = (
    Act(
        "disposal.hold",
        (SENIOR, MANAGER),
        lambda c, day, s: {"reason": "A claim.", "review_on": day + WEEK},
        lambda case, day: () if case.disposal.placed else (None,),
    ),
    Act("disposal.keep", (DIRECTOR,), lambda c, day, s: {"reason": "Still.", "review_on": day + WEEK}, _holds),
    act("disposal.lift", DIRECTOR, subjects=_holds, reason="Settled."),
    act("disposal.dispose", SYSTEM, MANAGER, upto=1, prepared_by="one", approved_by="another"),
    never("disposal.dispose", SYSTEM, upto=1, prepared_by="one", approved_by="one"),
)
DEATH = (Act("handling.record_death", (SYSTEM,), lambda c, day, s: {"died_on": day}),)


class _Joined:
    """A further report, of shouting, is triaged into this case: the record does it for both cases at once."""

    reads = frozenset({"incident"})

    def __call__(self, case: Case, now: Occasion, subject: str | None = None, /, **_: Any) -> list[Event]:
        reported = IncidentReported(
            **stamp(now),
            incident="I1",
            conducts=(Conduct.SHOUTING,),
            account="Shouted again.",
            happened_on=now.day,
            happened_at="",
            where="",
            channel=Channel.PHONE,
            source=Source.COLLEAGUE,
            danger_now=False,
            on_behalf_of="",
            witnesses="",
            described="",
            online_account="",
            home=None,
            triage_by=now.day,
        )
        return joined.taken(case, now, [reported], "LATER")


JOINED = _Joined()
ANOTHER_INCIDENT = Act(
    "joined",
    (MANAGER,),
    subjects=lambda case, day: (None,) if case.incident.is_case and len(case.incident.all) < MOST else (),
)
