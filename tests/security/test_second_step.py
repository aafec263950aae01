"""A second step of signing in: whom the landlord asks for one, what they may do before, and how secrets are kept."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evenhand import environment
from evenhand.people import sealing
from evenhand.people.models import Change, Provenance, User
from evenhand.people.models.landlord import ProvenanceKind
from evenhand.people.tasks import seal_anew
from evenhand.policy.staff import Role
from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring
from tests.security import routes
from tests.security.front_door import PASSWORD, RESET, chooses, is_in, link_in, signs_in
from tests.web.asking import answers, carried, words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
SET_UP = reverse("mfa_index")
CODE = reverse("mfa_authenticate")


def shows_it_is_them(browser: Client) -> None:
    assert browser.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def code_of(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The half minute for which a code is good does not end in the middle of a test."""
    at = time.time()
    monkeypatch.setattr(time, "time", lambda: at)


# Who is asked -------------------------------------------------------------------------------------------------------


def test_whoever_is_asked_for_a_second_step_sets_one_up_and_then_goes_on(sam: User, settings: Any, still: None) -> None:
    settings.SECOND_STEP_OF = ["everyone"]
    browser = Client()
    signs_in(browser, sam.email)
    led = browser.get("/cases/?show=mine")
    assert led.status_code == 302 and led["Location"] == SET_UP
    page = browser.get(SET_UP)
    assert "Your landlord asks for one" in words(page) and "Report an incident" not in words(page)
    shows_it_is_them(browser)
    secret = browser.get(reverse("mfa_activate_totp")).context["form"].secret
    done = browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert "Recovery codes" in words(done) and "Go on to the page you came for" in words(done)
    assert 'href="/cases/?show=mine"' in done.content.decode()
    assert browser.get("/cases/?show=mine").status_code == 200 and is_in(browser)
    assert "You have a second step now" not in words(browser.get(SET_UP))


def test_who_chose_a_password_by_a_link_can_set_one_up(sam: User) -> None:
    """The package keeps their address as one that nobody confirmed; an administrator vouched for it."""
    Client().post(RESET, {"email": sam.email})
    chooses(Client(), link_in(mail.outbox[-1].body), PASSWORD)
    browser = Client()
    signs_in(browser, sam.email)
    shows_it_is_them(browser)
    for page in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert browser.get(reverse(page)).status_code == 200, page


def test_before_that_no_page_of_ours_opens_and_no_form_does_anything(story: Story, settings: Any) -> None:
    settings.SECOND_STEP_OF = ["everyone"]
    story.decide()
    browser = Client()
    browser.force_login(story.cast.manager)
    for path, page in sorted(routes.every().items()):
        there = routes.address(path, page, reference=story.reference, subject="M1", letter="T1")
        for answer in (browser.get(there), browser.post(there, {"token": "t"})):
            if page.name not in ("policy", "health"):
                assert answer.status_code == 302 and answer["Location"] == SET_UP, path
    assert browser.get("/policy/").status_code == 200


def test_what_was_half_written_when_the_landlord_began_to_ask_is_there_afterwards(story: Story, settings: Any) -> None:
    story.investigate()
    browser, page = Client(), f"/cases/{story.reference}/police/decline"
    browser.force_login(story.cast.manager)
    told = {**carried(browser.get(page)), **answers(incident="I1", reasons="Nobody in the house wants it.")}
    settings.SECOND_STEP_OF = ["manager"]
    assert browser.post(page, told)["Location"] == SET_UP
    TOTP.activate(story.cast.manager, generate_totp_secret())
    assert "Nobody in the house wants it." in words(browser.get(page))


def test_roles_that_are_not_named_are_not_asked(cast: Cast, settings: Any) -> None:
    settings.SECOND_STEP_OF = [Role.ADMINISTRATOR.value, Role.DIRECTOR.value]
    for who, asked in (("administrator", True), ("director", True), ("manager", False), ("colleague", False)):
        browser = Client()
        browser.force_login(getattr(cast, who))
        assert is_in(browser) is not asked, who


def test_a_passkey_is_a_second_step_and_recovery_codes_alone_are_none(sam: User, settings: Any) -> None:
    settings.SECOND_STEP_OF = ["everyone"]
    browser = Client()
    browser.force_login(sam)
    RecoveryCodes.activate(sam)
    assert not is_in(browser)
    Authenticator.objects.create(user=sam, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
    assert is_in(browser)


def test_the_last_second_step_is_not_turned_off_where_one_is_asked_for(sam: User, settings: Any) -> None:
    settings.SECOND_STEP_OF = ["everyone"]
    app = TOTP.activate(sam, generate_totp_secret()).instance
    browser = signed_in_by_app(sam)
    shows_it_is_them(browser)
    refused = browser.post(reverse("mfa_deactivate_totp"))
    assert "Add another before you turn this off" in words(refused) and Authenticator.objects.filter(pk=app.pk).exists()
    Authenticator.objects.create(user=sam, type=Authenticator.Type.WEBAUTHN, data={"name": "Key"})
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(pk=app.pk).exists() and is_in(browser)


def signed_in_by_app(sam: User) -> Client:
    browser = Client()
    signs_in(browser, sam.email)
    kept = Authenticator.objects.get(user=sam, type=Authenticator.Type.TOTP).data["secret"]
    browser.post(CODE, {"code": code_of(sealing.opened(kept))})
    assert is_in(browser)
    return browser


def test_machines_and_the_landlords_own_sign_in_are_not_asked(sam: User, settings: Any, keys: Keyring) -> None:
    settings.SECOND_STEP_OF = ["everyone"]
    assert keys.system(*Scope).get("key").status_code == 200
    browser = Client()
    browser.force_login(sam)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0, "provider": "landlord"}]
    session["account_authentication_methods_user"] = str(sam.pk)
    session.save()
    assert is_in(browser)


def test_a_demonstration_asks_nobody_and_says_so(sam: User, settings: Any) -> None:
    settings.SECOND_STEP_OF = ["everyone"]
    Provenance.objects.all().delete()
    Provenance.objects.create(kind=ProvenanceKind.DEMO, at=timezone.now())
    browser = Client()
    browser.force_login(sam)
    assert is_in(browser) and "Nobody here is asked for a second step" in words(browser.get(SET_UP))


def test_a_setting_that_names_no_role_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENHAND_SECOND_STEP", "Administrator, managers")
    with pytest.raises(environment.BadSetting, match="cannot have “managers” in it. Choose from: everyone, colleague"):
        environment.some_of("EVENHAND_SECOND_STEP", ["everyone", *Role])
    monkeypatch.setenv("EVENHAND_SECOND_STEP", "Administrator, senior manager")
    assert environment.some_of("EVENHAND_SECOND_STEP", ["everyone", *Role]) == ["administrator", "senior manager"]


# Lost ---------------------------------------------------------------------------------------------------------------


def test_an_administrator_takes_off_a_second_step_that_was_lost_and_its_owner_is_told(sam: User, cast: Cast) -> None:
    TOTP.activate(sam, generate_totp_secret())
    elsewhere, administrator = Client(), Client()
    elsewhere.force_login(sam)
    administrator.force_login(cast.administrator)
    assert "An authenticator app" in words(administrator.get(reverse("colleague", args=[sam.pk])))
    administrator.post(reverse("colleague.second_step", args=[sam.pk]))
    assert not Authenticator.objects.filter(user=sam).exists() and not is_in(elsewhere)
    assert Change.objects.latest("id").words == "Their second step was taken off."
    (sent,) = mail.outbox
    assert sent.to == [sam.email] and "If you did not, tell another administrator" in str(sent.body)
    again = administrator.post(reverse("colleague.second_step", args=[sam.pk]))
    assert "They have no second step" in words(again)


def test_no_administrator_takes_off_their_own_that_way(cast: Cast) -> None:
    TOTP.activate(cast.administrator, generate_totp_secret())
    browser = Client()
    browser.force_login(cast.administrator)
    told = browser.post(reverse("colleague.second_step", args=[cast.administrator.pk]))
    assert "ask another administrator" in words(told) and Authenticator.objects.exists()


# How it is kept -----------------------------------------------------------------------------------------------------


def test_whoever_reads_the_database_finds_no_key_of_an_app_and_no_seed_of_codes(sam: User) -> None:
    secret = generate_totp_secret()
    app, codes = TOTP.activate(sam, secret), RecoveryCodes.activate(sam)
    kept = "".join(str(each) for each in Authenticator.objects.values_list("data", flat=True))
    assert secret not in kept and kept.count(sealing.SEALED) == 2
    assert app.validate_code(code_of(secret)) and codes.validate_code(codes.generate_codes()[3])


def test_one_kept_before_anything_was_sealed_still_lets_in_and_is_sealed_in_the_night(sam: User, still: None) -> None:
    secret = generate_totp_secret()
    Authenticator.objects.create(user=sam, type=Authenticator.Type.TOTP, data={"secret": secret})
    assert is_in(signed_in_by_app(sam))
    seal_anew(0)
    kept = Authenticator.objects.get(user=sam).data["secret"]
    assert kept.startswith(sealing.SEALED) and sealing.opened(kept) == secret
    seal_anew(0)
    assert Authenticator.objects.get(user=sam).data["secret"] == kept, "What is sealed is not sealed every night."


def test_a_new_secret_key_reads_what_the_old_one_sealed_until_it_is_sealed_anew(sam: User, settings: Any) -> None:
    secret, old = generate_totp_secret(), settings.SECRET_KEY
    TOTP.activate(sam, secret)
    codes = RecoveryCodes.activate(sam).generate_codes()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, as long as one should be, and longer", [old]
    assert sealing.opened(Authenticator.objects.get(type="totp").data["secret"]) == secret
    seal_anew(0)
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.opened(Authenticator.objects.get(type="totp").data["secret"]) == secret
    assert RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).generate_codes() == codes


def test_a_second_step_that_no_key_reads_lets_nobody_in_and_says_what_to_do(
    sam: User, settings: Any, as_: Callable[[User], Client]
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(sam, secret)
    RecoveryCodes.activate(sam)
    settings.SECRET_KEY = "another key, as long as one should be, and longer"
    browser = Client()
    assert signs_in(browser, sam.email, PASSWORD)["Location"] == CODE
    told = browser.post(CODE, {"code": code_of(secret)})
    assert "Ask your administrator to take it off" in words(told) and not is_in(browser)
    seal_anew(0)
    assert "None are left: make new ones" in words(as_(sam).get(SET_UP))
