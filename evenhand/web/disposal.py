"""Rule 19: how long a case is kept, and the forms that hold it back from disposal, keep a hold and let go of it."""

from django.urls import path

from evenhand.cases import kept_with
from evenhand.cases.reading import CaseFile
from evenhand.doors.acts import ActView
from evenhand.people import terms_now
from evenhand.policy import disposal
from evenhand.policy.standing.disposal import Hold
from evenhand.policy.visibility import Part
from evenhand.web.fields import Day, Words
from evenhand.web.forms import CaseForm
from evenhand.web.said import Teller
from evenhand.web.section import Section, links
from evenhand.web.templatetags.words import day

NEVER = "Say nothing here of a matter that others on this case may not know of."


class HoldForm(CaseForm):
    reason = Words("Why must nothing of it go?", f"Such as a claim, an inquiry or a request for data. {NEVER}", rows=3)
    review_on = Day("When is the hold looked at again?")


class LiftForm(CaseForm):
    reason = Words("Why is the hold not needed any more?", NEVER, rows=3)


class Held(ActView):
    part = Part.HANDLING
    who = disposal.HOLDERS


class PlaceHold(Held):
    form_class = HoldForm
    verb = disposal.hold
    title = "Hold the case back from disposal"
    intro = "Nothing of it is disposed of until somebody lets go of the hold, whatever its clocks say."
    done = "The case is held."


class KeepHold(Held):
    form_class = HoldForm
    verb = disposal.keep
    title = "Keep the hold"
    done = "The hold is kept."


class LiftHold(Held):
    form_class = LiftForm
    verb = disposal.lift
    title = "Let go of the hold"
    intro = "The case is kept as long as its clocks say, as if there had been no hold."
    done = "The hold is gone."


def kept(file: CaseFile, tell: Teller) -> list[Section]:
    """The tab that says how long the case is kept, and why."""
    return [_clock(file), *(_hold(file, tell, hold) for hold in file.case.disposal.holds)]


def _clock(file: CaseFile) -> Section:
    clock = disposal.clock(file.case, terms_now.on(file.day))
    open_still = list(disposal.unsettled(file.case, file.day))
    facts = []
    if clock is not None:
        facts = [("Kept because of", clock.category.value), ("That ended on", day(clock.since))]
        facts += [("Kept until", day(clock.until))] if not open_still else []
    if holder := kept_with.holder_of(file.reference):
        facts.append(("Kept with", f"case {holder}, which it joined and which a legal hold keeps"))
    return Section(
        "How long it is kept",
        facts=(*facts, ("Still open", " ".join(open_still))),
        text="What is said in it goes once its time is over and two people have agreed. A line stays that says so.",
        links=links(file, "disposal.hold"),
    )


def _hold(file: CaseFile, tell: Teller, hold: Hold) -> Section:
    late = hold.review_on < file.day
    return Section(
        "A legal hold",
        badges=(("To be looked at again", "danger") if late else ("In force", "accent"),),
        facts=(("Placed or kept by", tell[hold.by]), ("Looked at again", f"by {day(hold.review_on)}")),
        quotes=(("Why", hold.reason),),
        links=(*links(file, "disposal.keep", subject=hold.id), *links(file, "disposal.lift", subject=hold.id)),
    )


urlpatterns = [
    path("cases/<reference>/hold", PlaceHold.as_view(), name="disposal.hold"),
    path("cases/<reference>/hold/<subject>/keep", KeepHold.as_view(), name="disposal.keep"),
    path("cases/<reference>/hold/<subject>/lift", LiftHold.as_view(), name="disposal.lift"),
]
