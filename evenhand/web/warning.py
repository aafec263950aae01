"""Rule 6: forms that give a warning, and that propose, agree or refuse to go without one."""

from evenhand.doors.permission import DECIDERS
from evenhand.policy import warning
from evenhand.policy.staff import SENIORS
from evenhand.policy.visibility import Part
from evenhand.web import address
from evenhand.web.evidence import Beside
from evenhand.web.fields import Words
from evenhand.web.forms import CaseForm


class WarningForm(CaseForm):
    expected = Words(
        "What do we expect from now on?",
        "The customer reads these words. Say what to do, and what not to do.",
        missing="Say what we expect from now on",
    )
    if_it_goes_on = Words(
        "What may happen if it goes on?",
        "In the letter it follows “we may”. For example: limit how you can contact us.",
        rows=3,
        missing="Say what may happen",
    )


class Give(Beside):
    form_class = WarningForm
    verb = warning.give
    part = Part.DECISION
    who = DECIDERS
    title = "Give a warning"
    intro = "By letter. It counts from the day on which the letter counts as delivered."
    submit = "Draft the warning"
    done = "The warning is drafted and waits for approval."
    beside = ("incidents", "account", "warning")


class ReasonForm(CaseForm):
    reason = Words("Why?", rows=4, missing="Say why")


class ProposeForm(CaseForm):
    reason = Words(
        "Why would a warning not be safe?",
        "Only a danger to someone is a reason. That a warning seems useless is not.",
        rows=4,
        missing="Say why a warning would not be safe",
    )


class ProposeSkipping(Beside):
    form_class = ProposeForm
    verb = warning.propose_skipping
    part = Part.DECISION
    who = DECIDERS
    title = "Propose to go without a warning"
    intro = "A senior manager or a director who is not you agrees or refuses, within two working days."
    submit = "Propose it"
    done = "Proposed. Someone senior answers within two working days."
    beside = ("incidents", "warning")


class Answering(Beside):
    """What the two answers share."""

    form_class = ReasonForm
    part = Part.DECISION
    who = SENIORS
    beside = ("warning", "incidents")


class ApproveSkipping(Answering):
    verb = warning.approve_skipping
    title = "Agree to go without a warning"
    intro = "Whoever agrees here does not hear an appeal in this case."
    submit = "Agree"
    done = "Agreed. Contact may be limited without a warning."


class RefuseSkipping(Answering):
    verb = warning.refuse_skipping
    title = "Refuse to go without a warning"
    submit = "Refuse"
    done = "Refused. A warning comes first."


urlpatterns = [
    *address.of("warning.give", Give),
    *address.of("warning.propose_skipping", ProposeSkipping),
    *address.of("warning.approve_skipping", ApproveSkipping),
    *address.of("warning.refuse_skipping", RefuseSkipping),
]
