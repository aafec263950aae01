"""Rule 21: an administrator adds colleagues, gives them roles, and what follows when one leaves."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from evenhand.cases import models
from evenhand.people import colleague
from evenhand.people.models import Change, Person, Session, Team, User
from evenhand.policy.staff import Role
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEW = {"first_name": "Ada", "last_name": "Byrne", "email": "Ada.Byrne@example.org", "roles": ["investigator"]}


def told(user: User, **changes: object) -> dict[str, object]:
    """A colleague's form as it stands, with some answers changed."""
    kept = {name: getattr(user, name) for name in ("first_name", "last_name", "email", "job_title", "telephone")}
    roles = [role for role in user.roles if role != Role.COLLEAGUE]
    return {**kept, "team": user.team_id or "", "roles": roles, **changes}


def words_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_a_new_colleague_is_sent_a_link_and_chooses_a_password_once(cast: Cast, as_: SignIn) -> None:
    answer = as_(cast.administrator).post(reverse("colleague.add"), NEW)
    ada = User.objects.get(username="ada.byrne@example.org")
    assert answer.status_code == 302 and answer["Location"] == reverse("colleague", args=[ada.pk])
    assert set(ada.roles) == {"colleague", "investigator"} and not ada.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["ada.byrne@example.org"]
    link = re.search(r"http://testserver(\S+)", letter.body)
    assert link is not None
    browser = Client()
    form = browser.get(link[1], follow=True)
    there = form.redirect_chain[-1][0]
    chosen = {"password1": "three unlikely words", "password2": "three unlikely words"}
    browser.post(there, chosen)
    ada.refresh_from_db()
    assert ada.check_password("three unlikely words")
    assert "password1" not in words_of(Client().get(link[1], follow=True))


def test_a_link_is_shown_only_while_there_is_no_password_and_is_on_the_trail(cast: Cast, as_: SignIn) -> None:
    browser, duty = as_(cast.administrator), cast.duty
    page = words_of(browser.post(reverse("colleague.link", args=[duty.pk]), {"show": "1"}))
    assert "/accounts/password/reset/key/" in page
    assert "Saw a link" in Change.objects.get().words
    duty.set_password("a password of their own")
    duty.save()
    answer = browser.post(reverse("colleague.link", args=[duty.pk]), {"show": "1"})
    assert answer.status_code == 302 and len(mail.outbox) == 1


def test_an_address_cannot_belong_to_two_colleagues(cast: Cast, as_: SignIn) -> None:
    answer = as_(cast.administrator).post(reverse("colleague.add"), {**NEW, "email": cast.duty.email.upper()})
    assert "already belongs to a colleague" in words_of(answer)
    assert not mail.outbox and not Change.objects.exists()


def test_an_administrator_cannot_give_themselves_a_role(cast: Cast, as_: SignIn) -> None:
    admin = cast.administrator
    there = reverse("colleague.change", args=[admin.pk])
    answer = as_(admin).post(there, told(admin, roles=["administrator", "manager"]))
    assert "You cannot give yourself a role" in words_of(answer)
    admin.refresh_from_db()
    assert Role.MANAGER not in admin.roles and not Change.objects.exists()


def test_the_last_administrator_cannot_be_taken_away(cast: Cast, as_: SignIn) -> None:
    admin = cast.administrator
    browser = as_(admin)
    answer = browser.post(reverse("colleague.change", args=[admin.pk]), told(admin, roles=["investigator"]))
    assert "cannot give yourself" in words_of(answer)
    answer = browser.post(reverse("colleague.change", args=[admin.pk]), told(admin, roles=[]))
    assert "is the last administrator" in words_of(answer)
    leaving = {"on_0": "3", "on_1": "3", "on_2": "2026"}
    answer = browser.post(reverse("colleague.leave", args=[admin.pk]), leaving)
    assert "is the last administrator" in words_of(answer)
    admin.refresh_from_db()
    assert admin.is_active and Role.ADMINISTRATOR in admin.roles


def test_roles_given_and_taken_away_are_on_the_trail(cast: Cast, as_: SignIn) -> None:
    there = reverse("colleague.change", args=[cast.duty.pk])
    as_(cast.administrator).post(there, told(cast.duty, roles=["investigator"], job_title="Investigator"))
    cast.duty.refresh_from_db()
    assert set(cast.duty.roles) == {"colleague", "investigator"}
    change = Change.objects.get()
    assert change.by == cast.administrator
    assert "Given: investigator. Taken away: duty colleague. Job title: was empty, now Investigator" in change.words
    assert cast.duty.name in words_of(as_(cast.administrator).get(reverse("changes")))


def test_an_independent_person_holds_no_other_role(cast: Cast, as_: SignIn) -> None:
    answer = as_(cast.administrator).post(reverse("colleague.add"), {**NEW, "roles": ["independent person", "manager"]})
    assert "they hold no other role" in words_of(answer)
    as_(cast.administrator).post(reverse("colleague.add"), {**NEW, "roles": ["independent person"]})
    assert User.objects.get(username="ada.byrne@example.org").roles == ["independent person"]


def test_a_colleague_who_is_a_customer_is_linked_to_their_record(cast: Cast, tenant: Person, as_: SignIn) -> None:
    there = reverse("colleague.change", args=[cast.investigator.pk])
    browser = as_(cast.administrator)
    assert "Nobody in the register" in words_of(browser.post(there, told(cast.investigator, person="P999")))
    assert browser.post(there, told(cast.investigator, person="p1")).status_code == 302
    cast.investigator.refresh_from_db()
    assert cast.investigator.person == tenant


def test_when_a_colleague_leaves_access_ends_and_cover_has_their_cases(story: Story, cast: Cast, as_: SignIn) -> None:
    story.investigate()
    as_(cast.investigator)
    there = reverse("colleague.leave", args=[cast.investigator.pk])
    leaving = {"on_0": "3", "on_1": "3", "on_2": "2026", "cover": cast.other_manager.actor_id}
    answer = as_(cast.administrator).post(there, leaving, follow=True)
    assert "1 open case went to another colleague" in words_of(answer)
    cast.investigator.refresh_from_db()
    assert not cast.investigator.is_active and cast.investigator.left_on == START
    assert models.Case.objects.get(reference=story.reference).holder == cast.other_manager.actor_id
    sessions = [session.get_decoded().get("_auth_user_id") for session in Session.objects.all()]
    assert str(cast.investigator.pk) not in sessions


def test_nobody_leaves_on_a_day_to_come(cast: Cast, as_: SignIn) -> None:
    leaving = {"on_0": "4", "on_1": "3", "on_2": "2026"}
    answer = as_(cast.administrator).post(reverse("colleague.leave", args=[cast.duty.pk]), leaving)
    assert "Record this on their last day" in words_of(answer)
    cast.duty.refresh_from_db()
    assert cast.duty.is_active


def test_a_colleague_who_comes_back_is_given_roles_anew(cast: Cast, as_: SignIn) -> None:
    colleague.leave(cast.senior, START, None, today=START)
    there = reverse("colleague.come_back", args=[cast.senior.pk])
    browser = as_(cast.administrator)
    assert 'value="senior manager" checked' not in words_of(browser.get(there))
    assert browser.post(there, told(cast.senior, roles=["investigator"])).status_code == 302
    cast.senior.refresh_from_db()
    assert cast.senior.is_active and set(cast.senior.roles) == {"colleague", "investigator"}
    assert mail.outbox[0].to == [cast.senior.email]


def test_the_list_is_narrowed_and_turned_in_a_fixed_number_of_queries(
    cast: Cast, as_: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    team = Team.objects.create(name="Many")
    for number in range(60):
        colleague.join(f"n{number}@example.org", f"N{number:02}", "Zed", [Role.DUTY], team=team)
    browser = as_(cast.administrator)
    there = reverse("colleagues")
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        page = words_of(browser.get(there, {"team": team.pk}))
    assert "N00 Zed" in page and "N24 Zed" in page and "N25 Zed" not in page
    last = User.objects.get(first_name="N24")
    page = words_of(browser.get(there, {"team": team.pk, "after": last.pk}))
    assert "N25 Zed" in page and "N49 Zed" in page and "N24 Zed" not in page
    assert "Sian Morgan" in words_of(browser.get(there, {"words": "sian"}))
    assert "Sian Morgan" not in words_of(browser.get(there, {"role": "director"}))
    assert "Nobody is like that" in words_of(browser.get(there, {"show": "left"}))


def test_a_team_keeps_the_number_customers_are_given(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.administrator)
    assert "already a team called" in words_of(browser.post(reverse("team.add"), {"name": "tenancies"}))
    browser.post(reverse("team.add"), {"name": "Neighbourhoods"})
    team = Team.objects.get(name="Neighbourhoods")
    assert "None: a single contact needs one" in words_of(browser.get(reverse("teams")))
    changed = {"name": "Neighbourhoods", "telephone": "0113 496 0009"}
    browser.post(reverse("team.change", args=[team.pk]), changed)
    team.refresh_from_db()
    assert team.telephone == "0113 496 0009"
    assert "Telephone: was empty, now 0113 496 0009." in Change.objects.first().words  # type: ignore[union-attr]


def test_the_page_of_a_link_reloaded_shows_none_and_leads_to_the_colleague(cast: Cast, as_: SignIn) -> None:
    browser, before = as_(cast.administrator), Change.objects.count()
    answer = browser.get(reverse("colleague.link", args=[cast.duty.pk]))
    assert answer.status_code == 302 and answer["Location"] == reverse("colleague", args=[cast.duty.pk])
    assert Change.objects.count() == before


def test_among_many_a_manager_is_found_by_name_and_may_be_taken_away_again(cast: Cast, as_: SignIn) -> None:
    for n in range(40):
        colleague.join(f"rowan{n}@example.org", f"Rowan{n}", "Ashby", [Role.COLLEAGUE])
    browser, there = as_(cast.administrator), reverse("colleague.change", args=[cast.duty.pk])
    assert "<select" not in words_of(browser.get(there)).partition("Manager")[2].partition("What may they do")[0]
    asked = browser.post(there, told(cast.duty, manager_words="priya"))
    assert "Priya Nair" in words_of(asked) and asked.status_code == 200
    chosen = told(cast.duty, manager=cast.manager.actor_id, manager_words="priya", manager_for="priya")
    assert browser.post(there, chosen).status_code == 302
    cast.duty.refresh_from_db()
    assert cast.duty.manager == cast.manager
    assert f'value="{cast.manager.actor_id}" checked' in " ".join(words_of(browser.get(there)).split())
    assert browser.post(there, told(cast.duty, manager="")).status_code == 302
    cast.duty.refresh_from_db()
    assert cast.duty.manager is None


def test_nobody_is_their_own_manager_or_steps_in_for_themselves(cast: Cast, as_: SignIn) -> None:
    browser, duty = as_(cast.administrator), cast.duty
    own = browser.post(reverse("colleague.change", args=[duty.pk]), told(duty, manager=duty.actor_id))
    assert "manager" in own.context["form"].errors
    leaving = {"on_0": "3", "on_1": "3", "on_2": "2026", "cover": duty.actor_id}
    assert "cover" in browser.post(reverse("colleague.leave", args=[duty.pk]), leaving).context["form"].errors


def test_teams_stand_by_name(cast: Cast, as_: SignIn) -> None:
    for name in ("Voids", "Anti-social behaviour", "Repairs", "Estates", "Lettings"):
        Team.objects.create(name=name)
    rows = as_(cast.administrator).get(reverse("teams")).context["rows"]
    names = [row[0]["words"] for row in rows]
    assert len(names) >= 5 and names == sorted(names)
