"""Rule 21: an administrator signs a colleague out everywhere, or takes off a second step that was lost."""

from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import path

from evenhand.people import colleague, second_step
from evenhand.people.models import User
from evenhand.people.models.change import ChangeKind
from evenhand.people.refusal import NotDone
from evenhand.web.colleague import OfOne
from evenhand.web.set_up import PlainForm

OWN = "Do this for yourself under “Second step and passkeys”, or ask another administrator."
HAS_NONE = "They have no second step."


class Unasked(PlainForm):
    """Nothing is asked: what the page says is done once it is sent."""

    def __init__(self, *args: Any, colleague: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class SignOut(OfOne):
    """For a telephone that was lost or left behind."""

    form_class = Unasked
    title = "Sign them out everywhere"
    intro = "Every browser they are signed in with has to sign in again. Nothing they wrote and sent is lost."
    weighty = True

    def change(self, form: Unasked) -> None:
        user = self.whom
        ended = colleague.end_sessions(user)
        self.note(ChangeKind.COLLEAGUE, user.actor_id, f"Signed out everywhere: {ended} ended.")


class TakeOff(OfOne):
    """For somebody who lost their telephone or key and their recovery codes. Nobody does it for themselves."""

    form_class = Unasked
    title = "Take off their second step"
    intro = (
        "Do this only when you are sure it is they who ask: ring them, or see them. Their app, passkeys and recovery "
        "codes stop working, they are signed out everywhere, and they are told by email."
    )
    weighty = True

    def change(self, form: Unasked) -> None:
        user = User.objects.select_for_update().get(pk=self.kwargs["pk"])
        if user.pk == self.colleague.pk:
            raise NotDone(OWN)
        if not second_step.take_off(user):
            raise NotDone(HAS_NONE)
        colleague.end_sessions(user)
        self.note(ChangeKind.COLLEAGUE, user.actor_id, "Their second step was taken off.")
        self.taken = user

    def afterwards(self) -> None:
        """They are told: somebody may have talked the administrator round."""
        told = {"name": self.taken.first_name or self.taken.name, "by": self.colleague.name}
        words = render_to_string("administration/second_step.txt", told)
        try:
            EmailMessage("Your second step was taken off", words, to=[self.taken.email]).send()
        except (OSError, SMTPException):
            messages.error(self.request, f"The email to {self.taken.email} did not go: tell them yourself.")


AT = "administration/colleagues/<int:pk>"
urlpatterns = [
    path(f"{AT}/sign-out", SignOut.as_view(), name="colleague.sign_out"),
    path(f"{AT}/second-step", TakeOff.as_view(), name="colleague.second_step"),
]
