"""Rule 3: the incident behind an older system's alert, reported like any other; the report settles the alert."""

from django.contrib import messages
from django.http import Http404, HttpRequest

from evenhand.cases.record import Done
from evenhand.doors.clock import now
from evenhand.people import alerts, reading
from evenhand.people.hazards import Act
from evenhand.people.models import InheritedAlert, Person, User
from evenhand.people.refusal import NotDone
from evenhand.web.alert import DECIDING, found

SOMEBODY_ELSE = "The alert still waits: this report is not about the person whom the older system named."


def asked_for(request: HttpRequest) -> InheritedAlert | None:
    """The alert a report was begun from; None where there is none, or the colleague may not decide about it."""
    pk, user = request.GET.get("alert", ""), request.user
    if not (pk.isascii() and pk.isdecimal() and isinstance(user, User) and user.actor.has(*DECIDING)):
        return None
    try:
        return found(int(pk), user)
    except Http404:
        return None


def settle(request: HttpRequest, person: Person | None, done: Done) -> None:
    """Links the alert to the report of what lies behind it, if it is about the same person."""
    alert = asked_for(request)
    if alert is None:
        return
    if alert.person is not None and (person is None or alert.person.pk not in reading.identities(person)):
        messages.info(request, SOMEBODY_ELSE)
        return
    assert isinstance(request.user, User)
    moment = now()
    try:
        alerts.reported(alert, done.reference, Act(request.user, moment.at, moment.day))
    except NotDone as no:
        messages.info(request, str(no))
