"""S1, S2: forms that ask what makes things harder, and that ask others to help when the customer agrees."""

from typing import Any

from evenhand.doors.acts import ActView
from evenhand.doors.permission import DECIDERS
from evenhand.policy import support
from evenhand.policy.events.support import Agency
from evenhand.policy.need import Need
from evenhand.policy.staff import Role
from evenhand.policy.visibility import Part
from evenhand.web import address
from evenhand.web.fields import Day, Line, OneOf, SeveralOf, Words
from evenhand.web.forms import CaseForm

HELPING = DECIDERS | {Role.INVESTIGATOR, Role.CUSTOMER_PARTNER}


class Support(ActView):
    """What the pages of this concept share."""

    part = Part.SUPPORT
    who = HELPING


class AskForm(CaseForm):
    how = Words(
        "How and when did you ask?", "For example, on the telephone today.", rows=3, missing="Say how you asked"
    )


class Ask(Support):
    form_class = AskForm
    verb = support.ask
    title = "Record that support was asked about"
    intro = "You asked whether something makes things harder, such as their health, and there is no answer yet."
    submit = "Save it"
    done = "Saved. Record the answer when it comes."


class AnswerForm(CaseForm):
    words = Words("What did they say?", "In their words.", missing="Write down what they said")
    needs = SeveralOf(
        "What do they need of us?",
        Need,
        "Every case and letter of theirs then takes it into account. A need is never a marker.",
        required=False,
    )


class Answer(Support):
    form_class = AnswerForm
    verb = support.answer
    title = "Record what the customer says makes things harder"
    submit = "Save their answer"
    done = "Their answer was saved, and their needs with their own record."


class DeclineForm(CaseForm):
    words = Words("What did they say?", "In their words.", rows=3, missing="Say what they told you")


class Decline(Support):
    form_class = DeclineForm
    verb = support.decline
    title = "Record that they would rather not say"
    submit = "Save it"
    done = "Saved. They may still tell us at any time."


class ReferForm(CaseForm):
    agency = OneOf("Who is asked to help?", Agency, missing="Choose who is asked to help")
    name = Line("Their name", "The colleague, service or agency.", missing="Say who is asked to help")
    purpose = Words(
        "What are they asked to help with?",
        "The customer reads your words after “to help you”. For example, sort out your bills.",
        rows=3,
        missing="Say what they are asked to help with",
    )
    consent = Words(
        "How and when did the customer agree?",
        "For example, on the telephone today, after I had read this to her. They may take it back at any time.",
        rows=3,
        required=False,
    )
    follow_up_on = Day("When do you ask how it went?", "Leave it empty for 20 working days from today.", required=False)


class Refer(Support):
    form_class = ReferForm
    verb = support.refer
    title = "Refer the customer to someone who can help"
    intro = "Only with their agreement. They get a letter that says what is passed on and how to take it back."
    submit = "Refer them"
    done = "The referral was made. The letter to the customer waits for approval."


class Referral(Support):
    """A page about one referral says which."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**context),
            "caption": f"Case {self.file.reference}, referral {self.subject}",
        }


class WithdrawForm(CaseForm):
    words = Words("What did they say?", "In their words, and when.", rows=3, missing="Say what they told you")


class Withdraw(Referral):
    form_class = WithdrawForm
    verb = support.withdraw
    title = "Record that the customer no longer agrees to a referral"
    intro = "It takes effect at once. Tell whoever was asked to help."
    submit = "End the referral"
    done = "The referral ended. Tell whoever was asked to help, and set aside a letter about it that has not gone."


class EndForm(CaseForm):
    outcome = Words("What came of it?", rows=4, missing="Say what came of it")


class End(Referral):
    form_class = EndForm
    verb = support.end
    title = "Record what came of a referral"
    submit = "Save it"
    done = "Saved."


class OverrideForm(CaseForm):
    name = Line("Who is told?", "For example, the council’s adult safeguarding team.", missing="Say who is told")
    reason = Words(
        "Which duty comes before their agreement?",
        "What you fear, for whom, and why asking was not safe or not enough.",
        missing="Say which duty comes before their agreement",
    )


class Override(Support):
    form_class = OverrideForm
    verb = support.override
    who = DECIDERS
    title = "Refer without agreement, for safeguarding"
    intro = "For when someone may come to harm. The reason is kept, and so is the customer’s own wish."
    submit = "Refer without agreement"
    done = "The referral was recorded with its reason."
    weighty = True


urlpatterns = [
    *address.of("support.ask", Ask),
    *address.of("support.answer", Answer),
    *address.of("support.decline", Decline),
    *address.of("support.refer", Refer),
    *address.of("support.withdraw", Withdraw, subject=True),
    *address.of("support.end", End, subject=True),
    *address.of("support.override", Override),
]
