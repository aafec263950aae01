"""What the tabs of a case say: incidents and their files, account and support, who looked."""

from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, reverse

from evenhand.cases import exhibits
from evenhand.cases.reading import CaseFile
from evenhand.people import looking
from evenhand.policy.conduct import in_order
from evenhand.policy.events.counter_allegation import AllegationSettled
from evenhand.policy.events.incident import Aftercare, ColleagueAffected, IncidentCorrected, IncidentReported
from evenhand.policy.events.investigation import AccountHeard, HowOftenViewed
from evenhand.policy.events.support import ReferralMade, ReferredWithoutConsent, SupportAnswered
from evenhand.policy.standing.incident import Affected
from evenhand.policy.standing.support import Referral
from evenhand.policy.visibility import Part
from evenhand.web.looks import when
from evenhand.web.said import Teller, listed
from evenhand.web.section import Section, links, of_kind
from evenhand.web.templatetags.words import day, moment


def incidents(file: CaseFile, tell: Teller) -> list[Section]:
    """Each incident with its files, its corrections, whom it affected and what they are owed."""
    kept = exhibits.of(file, Part.REPORT)
    return [incident(file, tell, event, kept) for event in of_kind(file, IncidentReported)]


def incident(file: CaseFile, tell: Teller, event: IncidentReported, kept: list[exhibits.Kept]) -> Section:
    at = f", {event.happened_at}" if event.happened_at else ""
    harmed = [e for e in of_kind(file, ColleagueAffected) if e.incident == event.incident]
    corrections = [e for e in of_kind(file, IncidentCorrected) if e.incident == event.incident]
    now = corrections[-1] if corrections else event
    files = [(f"{f.name} ({f.size_in_words})", to_file(file, f.reference)) for f in kept if f.about == event.incident]
    cared = [link for e in harmed for link in links(file, "incident.look_after", subject=standing(file, e).id)]
    cared += links(file, "aftercare.add", subject=event.incident)
    return Section(
        f"Incident {event.incident}: {day(now.happened_on)}",
        badges=(("Danger when it was reported", "danger"),) if event.danger_now else (),
        facts=(
            ("Alleged", listed(conduct.value for conduct in in_order(now.conducts))),
            ("When", f"{day(now.happened_on)}{at}"),
            ("Where", event.where),
            ("How", event.channel.words),
            ("Reported by", f"{tell[event.by]}, {moment(event.at)}"),
            ("On behalf of", event.on_behalf_of),
            ("Witnesses", event.witnesses),
            ("Who it was, as described", event.described),
            ("Account online", event.online_account),
            *((f"Affected: {e.name or tell[e.colleague or '']}", owed(file, e)) for e in harmed),
        ),
        quotes=(
            ("What happened", event.account),
            ("What was ours, and what was done about it", event.put_right),
            ("What help was offered first", event.help_offered),
            *(("Corrected", e.correction) for e in corrections),
        ),
        links=(*files, *cared[:3], *links(file, "incident.correct", subject=event.incident)),
    )


def standing(file: CaseFile, event: ColleagueAffected) -> Affected:
    """How they stand in the case now."""
    who = event.colleague or event.name
    return next(a for a in file.case.incident.affected if (a.incident, a.colleague) == (event.incident, who))


def owed(file: CaseFile, event: ColleagueAffected) -> str:
    """What a colleague who was affected has been given, and what they are still owed (C4)."""
    known = standing(file, event)
    due = [Aftercare.CALL, Aftercare.DEBRIEF, Aftercare.POLICE]
    if known.report_injury_by:
        due.append(Aftercare.REPORTABLE)
    if file.case.decision.findings:
        due.append(Aftercare.OUTCOME)
    still = [care.value for care in due if care not in known.given]
    hurt = event.injury.value
    left = f"Still owed, by {day(known.by)}: {listed(still)}." if still else "Everything owed was given."
    return f"{hurt[0].upper()}{hurt[1:]}. {left}"


def to_file(file: CaseFile, exhibit: str) -> str:
    try:
        return reverse("exhibit", args=[file.reference, exhibit])
    except NoReverseMatch:
        return ""


def account(file: CaseFile, tell: Teller) -> list[Section]:
    """The customer's side, how often, and what makes things harder."""
    found = []
    if file.sees(Part.ACCOUNT):
        found += [*_accounts(file, tell), _how_often(file)]
    if file.sees(Part.SUPPORT):
        found += [_support(file), *(_referral(file, referral) for referral in file.case.support.referrals)]
    return found


def heard_in_words(e: AccountHeard, tell: Teller) -> str:
    return f"{day(e.heard_on or e.on)}, {e.channel.words}, by {tell[e.by]}"


def _accounts(file: CaseFile, tell: Teller) -> Iterator[Section]:
    inquiry = file.case.investigation
    ours = exhibits.of_looks(file)
    files = _links(file, [kept for kept in exhibits.of(file, Part.ACCOUNT) if kept not in ours])
    heard = list(of_kind(file, AccountHeard))
    tried = f"{inquiry.days_tried()} of the days that are needed" if inquiry.attempts else ""
    yield Section(
        "The customer’s account",
        badges=(
            ("Heard", "good") if inquiry.heard else ("Declined", "") if inquiry.declined else ("Not heard", "due"),
        ),
        facts=(("Tried on", tried), *(("Heard", heard_in_words(e, tell)) for e in heard)),
        quotes=tuple((f"In the words of {e.speaker.value}", e.words) for e in heard),
        links=(*files, *links(file, "investigation.invite", "investigation.attempt", "investigation.hear")),
        text=""
        if heard
        else "Nothing is decided against someone before their side is heard, declined, or sought often enough.",
    )
    if inquiry.allegation_unsettled or any(of_kind(file, AllegationSettled)):
        open_ = inquiry.allegation_unsettled
        yield Section(
            "What the account says of a colleague",
            badges=(("To be settled before a decision", "due") if open_ else ("Settled", "good"),),
            quotes=tuple(("How it was settled", e.reason) for e in of_kind(file, AllegationSettled)),
            links=links(file, "counter_allegation.settle") if open_ else (),
        )


def _links(file: CaseFile, kept: list[exhibits.Kept]) -> tuple[tuple[str, str], ...]:
    return tuple((f"{one.name} ({one.size_in_words})", to_file(file, one.reference)) for one in kept)


def _how_often(file: CaseFile) -> Section:
    views = list(of_kind(file, HowOftenViewed))
    return Section(
        "How often it happened",
        facts=tuple((f"Looked at on {day(e.on)}", f"{e.earlier} earlier incidents") for e in views),
        quotes=tuple(("What we make of it", e.view) for e in views),
        links=(*_links(file, exhibits.of_looks(file)), *links(file, "investigation.view_how_often")),
        empty="" if views else "Nobody has looked yet at how often this happened.",
    )


def _support(file: CaseFile) -> Section:
    support = file.case.support
    answers = list(of_kind(file, SupportAnswered))
    state = "Answered" if support.answered else "Would rather not say" if support.declined else "No answer yet"
    needs = sorted({need.value for e in answers for need in e.needs})
    return Section(
        "What makes things harder",
        badges=((state, "" if support.settled else "due"),),
        facts=(("Needs we recorded", listed(needs) if needs else ""),),
        quotes=tuple(("In their words", e.words) for e in answers),
        links=links(file, "support.answer", "support.decline", "support.refer"),
    )


def _referral(file: CaseFile, referral: Referral) -> Section:
    made = next((e for e in of_kind(file, ReferralMade) if e.referral == referral.id), None)
    without = next((e for e in of_kind(file, ReferredWithoutConsent) if e.referral == referral.id), None)
    told = made or without
    follow = day(made.follow_up_on) if made and not referral.ended else ""
    return Section(
        f"Referral to {told.name if told else 'someone who can help'}",
        badges=(("Ended", "") if referral.ended else ("Under way", "accent"),),
        facts=(("What for", made.purpose if made else ""), ("We ask how it went on", follow)),
        quotes=(
            ("How they agreed", made.consent) if made else ("Why without agreement", without.reason if without else ""),
        ),
        links=() if referral.ended else links(file, "support.end", "support.withdraw", subject=referral.id),
    )


def looks(file: CaseFile, tell: Teller) -> list[Section]:
    """Who looked at this case, the latest first: as many as one page holds; the rest is in the list of all looks."""
    rows: list[list[Any]] = [
        [when(run), run.look.by.name if run.look.by else "someone no longer known here", run.look.purpose or "The case"]
        for run in looking.at_case(file.reference)
    ]
    columns = [{"words": words} for words in ("When", "Who", "What")]
    return [Section("Who looked", table={"caption": "Looks at this case", "columns": columns, "rows": rows})]
