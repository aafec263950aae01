"""What administrators do with webhooks: add, change, sign anew, switch off and on, try, and send again."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from evenhand.doors.clock import now
from evenhand.doors.permission import ADMINISTRATORS, for_roles
from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.sharing import endpoint, replay
from evenhand.sharing.models import Delivery, Endpoint
from evenhand.web.set_up import SetUpView
from evenhand.web.webhook import AT, what_of
from evenhand.web.webhook_forms import AddForm, ChangeForm, OffForm, ReplayForm, RotateForm

CAUGHT_UP = "It is sent in a moment. Look at this page again to see what became of it."


class WebhookView(SetUpView):
    """A form about a receiver. One that makes a secret shows it, once, in the answer itself: it is kept nowhere."""

    back_words = "Back to the webhook"
    secret = ""
    made: Endpoint

    @property
    def endpoint(self) -> Endpoint:
        return get_object_or_404(Endpoint, pk=self.kwargs["pk"])

    def back(self) -> str:
        return reverse("webhook", args=[self.kwargs["pk"]])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "endpoint": self.endpoint}

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        if not self.secret:
            return answer
        context = {"title": f"The secret of {self.made.name}", "endpoint": self.made, "secret": self.secret}
        shown = render(self.request, "webhook/secret.html", context)
        shown["Cache-Control"] = "no-store"
        return shown


class Add(WebhookView):
    form_class = AddForm
    title = "Add a webhook"
    intro = "For one system that keeps warnings of its own. For whom it is told cannot be changed later."
    done = ""
    back_words = "Back to webhooks"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super(WebhookView, self).get_form_kwargs()

    def back(self) -> str:
        return reverse("webhooks")

    def change(self, form: forms.Form) -> None:
        self.made, self.secret = endpoint.add(self.colleague, now().at, **form.cleaned_data)


class Amend(WebhookView):
    form_class = ChangeForm
    title = "Change a webhook"
    submit = "Save"

    def get_initial(self) -> dict[str, Any]:
        found = self.endpoint
        return {name: getattr(found, name) for name in endpoint.LABELS}

    def change(self, form: forms.Form) -> None:
        endpoint.change(self.endpoint, self.colleague, now().at, **form.cleaned_data)


class Rotate(WebhookView):
    form_class = RotateForm
    title = "Make a new secret"
    intro = "Each message is signed with both while the old one goes on."
    done = ""

    def get_initial(self) -> dict[str, Any]:
        return {"overlap_days": "7"}

    def change(self, form: forms.Form) -> None:
        self.made = self.endpoint
        days = int(form.cleaned_data["overlap_days"])
        self.secret = endpoint.rotate(self.made, self.colleague, now().at, overlap_days=days)


class Off(WebhookView):
    form_class = OffForm
    title = "Switch the webhook off"
    intro = "It is sent nothing more. When it is switched on again, it is sent what it missed."
    done = "It is sent nothing more."
    weighty = True

    def change(self, form: forms.Form) -> None:
        endpoint.switch_off(self.endpoint, self.colleague, now().at, why=form.cleaned_data["why"])


class Replay(WebhookView):
    form_class = ReplayForm
    title = "Send everything again since a day"
    intro = "For a receiver that lost what it had, or is new. What is over is told only to one that knew of it."
    submit = "Send again"
    done = CAUGHT_UP

    def change(self, form: forms.Form) -> None:
        # Days are the landlord's own.
        begin = datetime.combine(form.cleaned_data["since"], time.min, ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)
        replay.replay(self.endpoint, self.colleague, begin, now().at)


def pressed(request: HttpRequest, back: str, deed: Callable[[], object], done: str) -> HttpResponse:
    """A button: the deed, or in words why not."""
    try:
        with transaction.atomic():
            deed()
    except NotDone as no:
        messages.error(request, str(no))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)


@for_roles(ADMINISTRATORS)
@require_POST
def on(request: HttpRequest, pk: int) -> HttpResponse:
    """Switched on again, and sent what it missed."""
    assert isinstance(request.user, User)
    by, found = request.user, get_object_or_404(Endpoint, pk=pk)
    done = "It is on again, and is sent what it missed."
    return pressed(request, reverse("webhook", args=[pk]), lambda: endpoint.switch_on(found, by, now().at), done)


@for_roles(ADMINISTRATORS)
@require_POST
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """A message that tells nothing of anybody."""
    assert isinstance(request.user, User)
    by, found = request.user, get_object_or_404(Endpoint, pk=pk)
    return pressed(request, reverse("webhook", args=[pk]), lambda: replay.try_out(found, by, now().at), CAUGHT_UP)


@for_roles(ADMINISTRATORS)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """One message sent again, after a page that says what that means."""
    assert isinstance(request.user, User)
    by, found = request.user, get_object_or_404(Delivery.objects.select_related("endpoint", "change"), pk=pk)
    back = reverse("webhook", args=[found.endpoint_id])
    if request.method == "POST":
        return pressed(request, back, lambda: replay.send_again(found, by, now().at), CAUGHT_UP)
    context = {"title": "Send the message again", "delivery": found, "what": what_of(found), "back": back}
    return render(request, "webhook/again.html", context)


urlpatterns = [
    path(f"{AT}add", Add.as_view(), name="webhook.add"),
    path(f"{AT}messages/<int:pk>/again", again, name="webhook.again"),
    path(f"{AT}<int:pk>/change", Amend.as_view(), name="webhook.change"),
    path(f"{AT}<int:pk>/secret", Rotate.as_view(), name="webhook.rotate"),
    path(f"{AT}<int:pk>/off", Off.as_view(), name="webhook.off"),
    path(f"{AT}<int:pk>/on", on, name="webhook.on"),
    path(f"{AT}<int:pk>/trial", trial, name="webhook.trial"),
    path(f"{AT}<int:pk>/replay", Replay.as_view(), name="webhook.replay"),
]
