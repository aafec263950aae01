"""How a password is kept: whoever has the database alone cannot even begin to guess it."""

from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.test import Client

from evenhand import settings as live
from evenhand.people.keyed_password import KeyedArgon2
from evenhand.people.models import User
from tests.security.front_door import PASSWORD, is_in, signs_in

pytestmark = pytest.mark.django_db
ROOM = User._meta.get_field("password").max_length or 0


@pytest.fixture(autouse=True)
def as_in_earnest(settings: Any) -> None:
    """Other tests keep passwords in a way that is quick, and not safe."""
    settings.PASSWORD_HASHERS = live.PASSWORD_HASHERS


def test_a_password_is_kept_under_a_key_that_is_not_in_the_database(settings: Any) -> None:
    kept = make_password(PASSWORD)
    assert kept.startswith("keyed$") and "$argon2id$" in kept and len(kept) <= ROOM
    assert check_password(PASSWORD, kept) and not check_password(PASSWORD.upper(), kept)
    algorithm, mark, rest = kept.split("$", 2)
    assert not Argon2PasswordHasher().verify(PASSWORD, f"argon2${rest}"), "Argon2 alone would find it."
    settings.SECRET_KEY = "somebody else's machine"
    assert not check_password(PASSWORD, kept)
    assert not check_password(PASSWORD, f"keyed${KeyedArgon2().encode('', 'x' * 22).split('$')[1]}${rest}")


def test_one_password_with_one_salt_is_kept_as_another_thing_under_another_key(settings: Any) -> None:
    def kept() -> str:
        return KeyedArgon2().encode(PASSWORD, "one salt for both of them")

    under_ours = kept()
    assert kept() == under_ours
    settings.SECRET_KEY = "somebody else's machine"
    assert kept().split("$")[-1] != under_ours.split("$")[-1], "The key makes no difference to what is kept."
    assert kept().split("$")[1] != under_ours.split("$")[1]


def test_a_password_of_the_key_before_lets_in_and_is_kept_anew(sam: User, settings: Any) -> None:
    settings.SECRET_KEY, now = "the key before", settings.SECRET_KEY
    sam.set_password(PASSWORD)
    sam.save()
    before = sam.password
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = now, ["the key before"]
    browser = Client()
    signs_in(browser, sam.email)
    sam.refresh_from_db()
    assert is_in(browser) and sam.password != before and sam.password.startswith("keyed$")
    settings.SECRET_KEY_FALLBACKS = []
    assert sam.check_password(PASSWORD)


def test_without_the_key_before_nobody_is_let_in_and_a_new_password_helps(sam: User, settings: Any) -> None:
    settings.SECRET_KEY, now = "the key before", settings.SECRET_KEY
    sam.set_password(PASSWORD)
    sam.save()
    settings.SECRET_KEY = now
    browser = Client()
    signs_in(browser, sam.email)
    assert not is_in(browser)
    sam.set_password(PASSWORD)
    sam.save()
    signs_in(browser, sam.email)
    assert is_in(browser)


@pytest.mark.parametrize("hasher", ["argon2", "pbkdf2_sha256"])
def test_what_was_kept_without_a_key_is_kept_under_one_from_the_next_signing_in(sam: User, hasher: str) -> None:
    sam.password = make_password(PASSWORD, hasher=hasher)
    sam.save()
    browser = Client()
    signs_in(browser, sam.email)
    sam.refresh_from_db()
    assert is_in(browser) and sam.password.startswith("keyed$")
