"""What happens to limits, single contacts and markers, as sentences of the timeline."""

from collections.abc import Mapping
from typing import Any

from evenhand.policy.events import expectation, marker, single_contact
from evenhand.policy.events.event import Event
from evenhand.web.control_words import plan_in_words
from evenhand.web.said import Said, Sentence, Teller, begun, full, listed
from evenhand.web.templatetags.words import day


def expected(e: expectation.ExpectationSet, who: Teller) -> Said:
    if e.plan is None:
        text = f"Until {day(e.ends_on)}. {begun(full(e.behaviour))}"
        return Said("What we expect was set", text, e.reasons, True)
    text = f"{plan_in_words(e.plan)} Until {day(e.ends_on)}. {begun(full(e.behaviour))}"
    return Said("A limit on contact was set", text, e.reasons, True)


def until(e: Any) -> str:
    return f"Until {day(e.ends_on)}, reviewed on {day(e.review_on)}."


def placed(e: Any, who: Teller) -> str:
    return f"Because of {e.risk.value}: {listed(c.words for c in e.controls)}. For {e.audience.value}."


def ways(e: Any) -> str:
    reach = listed((way for way in (e.telephone, e.email) if way), "or")
    return f"{e.name}, {reach}. Cover: {full(e.cover)}"


CONTROLS: Mapping[type[Event], Sentence] = {
    expectation.ExpectationSet: expected,
    expectation.ExpectationVaried: lambda e, who: Said(
        "The limit on contact was changed" + (" after an appeal" if e.by_appeal else ""),
        plan_in_words(e.plan),
        e.reasons,
        True,
    ),
    expectation.ExpectationExtended: lambda e, who: Said("The limit was extended", until(e), e.reasons, True),
    expectation.ExpectationEnded: lambda e, who: Said(f"The limit ended: {e.cause.value}", "", e.reasons, True),
    expectation.LimitReviewRequested: lambda e, who: Said(
        "The customer asked for the limit to end", f"Answer by {day(e.answer_by)}.", e.words
    ),
    expectation.LimitUnsuited: lambda e, who: Said(
        "The limit leaves no way that suits what the person needs", f"To be changed by {day(e.change_by)}.", "", True
    ),
    expectation.LimitReviewNotified: lambda e, who: Said(
        "The customer was told of the coming review of the limit", f"The review is due on {day(e.review_on)}."
    ),
    expectation.LimitReviewAnswered: lambda e, who: Said("The customer was answered: the limit stays", "", e.reasons),
    single_contact.SingleContactAppointed: lambda e, who: Said(
        "A single contact was appointed", f"{ways(e)} {until(e)}", e.reasons, True
    ),
    single_contact.SingleContactChanged: lambda e, who: Said("The single contact was changed", ways(e), e.reasons),
    single_contact.SingleContactLeft: lambda e, who: Said(
        "The single contact no longer works here", f"Cover answers. Another is named by {day(e.change_by)}."
    ),
    single_contact.SingleContactExtended: lambda e, who: Said(
        "The single contact was extended", until(e), e.reasons, True
    ),
    single_contact.SingleContactEnded: lambda e, who: Said(
        f"The single contact ended: {e.cause.value}", "", e.reasons, True
    ),
    marker.ProvisionalMarkerPlaced: lambda e, who: Said(
        "A provisional marker was placed",
        f"{placed(e, who)} To be confirmed by {day(e.confirm_by)} and decided by {day(e.decide_by)}.",
        e.reasons,
        True,
    ),
    marker.ProvisionalMarkerConfirmed: lambda e, who: Said("The provisional marker was confirmed", "", e.reasons),
    marker.ProvisionalMarkerRenewed: lambda e, who: Said(
        "The provisional marker was renewed", f"To be decided by {day(e.decide_by)}.", e.reasons
    ),
    marker.MarkerPlaced: lambda e, who: Said(
        "A marker was placed", f"{placed(e, who)} Reviewed on {day(e.review_on)}.", e.reasons, True
    ),
    marker.NoticeWithheld: lambda e, who: Said(
        "Telling the customer of the marker was put off", f"Looked at again on {day(e.look_again_on)}.", e.reasons
    ),
    marker.NoticeGiven: lambda e, who: Said("The customer may now be told of the marker"),
    marker.MarkerVaried: lambda e, who: Said(
        "The marker was changed",
        f"Now: {listed(c.words for c in e.controls)}. For {e.audience.value}.",
        e.reasons,
        True,
    ),
    marker.ReviewNotified: lambda e, who: Said(
        "The customer was told, with an apology, that the review is late"
        if e.late
        else "The customer was told of the coming review",
        f"The review is due on {day(e.review_on)}.",
    ),
    marker.MarkerKept: lambda e, who: Said(
        "The marker was reviewed and kept", f"The next review is on {day(e.review_on)}.", e.reasons, True
    ),
    marker.MarkerRemoved: lambda e, who: Said(f"The marker was removed: {e.cause.value}", "", e.reasons, True),
    marker.MarkerReviewRequested: lambda e, who: Said(
        "The customer asked for the marker to go", f"Answer by {day(e.answer_by)}.", e.words
    ),
    marker.TenancyEnded: lambda e, who: Said(
        "The tenancy ended, so the marker is looked at again", f"By {day(e.review_on)}."
    ),
}
