"""What there is to set up, how far it has come, and who changed what."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import circumstances, head_check, letter_check
from evenhand.cases.letter_kind import Format, Kind
from evenhand.doors.clock import now
from evenhand.doors.permission import ADMINISTRATORS, for_roles
from evenhand.people import changes, policy_register
from evenhand.people.models import Landlord, RegisterImport, Team, User
from evenhand.people.models.register import Brings, ImportState
from evenhand.people.register.freshness import stale_since
from evenhand.policy.staff import DECIDERS, SENIORS, Role
from evenhand.sharing.models import Delivery, Endpoint, Key
from evenhand.sharing.models.webhook import DeliveryState
from evenhand.web import virus, way
from evenhand.web.names import names_of
from evenhand.web.templatetags.words import day, until, urgency

PAGE = 50
State = tuple[str, str]
DONE, TO_DO = ("Done", "good"), ("To do", "due")


@for_roles(ADMINISTRATORS)
def administration(request: HttpRequest) -> HttpResponse:
    """The list of tasks, each with its state."""
    today = now().day
    landlord = Landlord.objects.first()
    context = {
        "title": "Administration",
        "intro": "What Evenhand needs to know before colleagues can rely on it. Come back whenever something changes.",
        "landlord": [task("Who the landlord is", "landlord", "What every letter says of you.", identity(landlord)),
                     task("The terms", "terms", "Deadlines and periods, within the policy’s bounds.", terms(landlord)),
                     task("How demand is measured", "demand.terms", "What is worth a manager’s look.", DONE),
                     task("The policy and its review", "policy", "Versions, dates, the page anyone can read.",
                          the_policy(today)),
                     task("The letters", "letters.status", "Whether each still says what it must.", letters())],
        "colleagues": [task("Teams", "teams", "Their numbers are what customers are given.", teams()),
                       task("Colleagues", "colleagues", "Who works here, and what they may do.", colleagues())],
        "register": [task("The register", "register", "Homes, people and tenancies.", register(today))],
        "machines": [task("Keys", "keys", "Which other systems may ask and write.", keys(today)),
                     task("Webhooks", "webhooks", "Which other systems are told by themselves.", webhooks())],
        "record": [task("The record and its daily heads", "heads", "Whether anything recorded was ever changed.",
                        record()),
                   virus.task()],
        "trail": named(changes.of_setting_up()[:5]),
    }  # fmt: skip
    return render(request, "administration/administration.html", context)


def task(name: str, route: str, hint: str, state: State) -> dict[str, str]:
    return {"name": name, "href": reverse(route), "hint": hint, "status": state[0], "kind": state[1]}


def identity(landlord: Landlord | None) -> State:
    """Whether letters have all they need to say."""
    if landlord is None:
        return TO_DO
    needed = (landlord.address, landlord.telephone, landlord.emergency_telephone, landlord.complaints_route)
    return DONE if all(needed) else ("Something is missing", "due")


def terms(landlord: Landlord | None) -> State:
    if landlord is None:
        return "After who you are", ""
    changed = len(landlord.terms)
    return (f"{changed} of your own" if changed else "As usual"), "good"


def the_policy(today: date) -> State:
    version = policy_register.in_force()
    if version is None:
        return TO_DO
    if (reminder := policy_register.review_due(today)) is not None:
        return f"Review {until(reminder.on, today)}", urgency(reminder.on, today) or "due"
    return f"Version {version.version}", "good"


def record() -> State:
    """Whether what is recorded still agrees with the last week's heads."""
    found = head_check.latest(7)
    if not found:
        return "From tonight", ""
    return ("Agrees", "good") if all(each.agrees for each in found) else ("Does not agree", "danger")


def letters() -> State:
    """What they say; their pages are tried on the letters' own page."""
    faulty = [kind for kind in Kind if any(letter_check.faults(kind, Format.STANDARD, pages=False))]
    return (f"{len(faulty)} to mend", "danger") if faulty else ("All well", "good")


def teams() -> State:
    found = list(Team.objects.values_list("telephone", flat=True))
    if not found:
        return TO_DO
    silent = sum(1 for telephone in found if not telephone)
    return (f"{silent} without a number", "due") if silent else (f"{len(found)} with a number", "good")


def colleagues() -> State:
    """Whether there is someone for each part of the work: two seniors, so that an appeal finds a fresh pair of eyes."""
    held = list(User.objects.filter(is_active=True).values_list("roles", flat=True))
    seniors = sum(1 for roles in held if {role.value for role in SENIORS} & set(roles))
    if not any(Role.INVESTIGATOR.value in roles for roles in held):
        return "No investigator yet", "due"
    if not any({role.value for role in DECIDERS} & set(roles) for roles in held):
        return "No manager yet", "due"
    if seniors < 2:
        return "Two seniors needed for appeals", "due"
    return f"{len(held)} work here", "good"


def register(today: date) -> State:
    last = RegisterImport.objects.filter(dry_run=False, brings=Brings.REGISTER).first()
    if last is None:
        return TO_DO
    how = ImportState(last.state)
    if how is ImportState.DONE:
        late = stale_since(today, circumstances.terms_on(today))
        return (f"Out of date since {day(late)}", "due") if late else (day(last.started_at), "good")
    return (how.value.capitalize(), "due") if how in (ImportState.TO_CONFIRM, ImportState.FAILED) else (how.value, "")


def keys(today: date) -> State:
    """How many systems have one."""
    working = [key for key in Key.objects.filter(revoked_at=None) if key.works_on(today)]
    return (f"{len(working)} in use", "good") if working else ("None", "")


def webhooks() -> State:
    """Whether any is told, and whether anything never arrived."""
    if Delivery.objects.filter(state=DeliveryState.DEAD).exists():
        return "Something never arrived", "danger"
    on = Endpoint.objects.filter(off_at=None).count()
    return (f"{on} in use", "good") if on else ("None", "")


@for_roles(ADMINISTRATORS)
def trail(request: HttpRequest) -> HttpResponse:
    """Everything that was changed, newest first."""
    after = request.GET.get("after", "")
    rows = list(changes.after(changes.of_setting_up(), after)[: PAGE + 1])
    context = {
        "title": "Who changed what",
        "intro": "It is only ever added to: nobody can take a line away.",
        "trail": named(rows[:PAGE]),
        "older": way.with_query("changes", after=str(rows[PAGE - 1].pk)) if len(rows) > PAGE else "",
        "newer": reverse("changes") if after else "",
    }
    return render(request, "administration/changes.html", context)


def named(found: Any) -> list[Any]:
    """Each change with the name of what was changed: colleagues are kept by their opaque id."""
    rows = list(found)
    names = names_of(row.about for row in rows)
    for row in rows:
        row.named = names[row.about] if row.about.startswith("colleague:") else row.about
    return rows


urlpatterns = [
    path("administration/", administration, name="administration"),
    path("administration/changes", trail, name="changes"),
]
