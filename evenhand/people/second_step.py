"""Of whom the landlord demands a second step of signing in, and who has one: a passkey or an authenticator app."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from evenhand.people.models import Provenance, User
from evenhand.people.models.landlord import ProvenanceKind

EVERYONE = "everyone"
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts. Recovery codes stand in for one of these, and are nothing by themselves."""


def is_asked_of(user: User) -> bool:
    """Whether the landlord's setting names them: everyone, or one of their roles."""
    named = settings.SECOND_STEP_OF
    return EVERYONE in named or bool(set(named) & set(user.roles))


def has_one(user: User, but: Authenticator | None = None) -> bool:
    """Whether they have a second step; `but`: beside this one."""
    found = Authenticator.objects.filter(user=user, type__in=KINDS)
    others = found if but is None else found.exclude(pk=but.pk)
    return bool(others.exists())


def in_words(user: User) -> str:
    """What they have, for an administrator."""
    kinds = set(Authenticator.objects.filter(user=user, type__in=KINDS).values_list("type", flat=True))
    words = {Authenticator.Type.TOTP: "an authenticator app", Authenticator.Type.WEBAUTHN: "a passkey or security key"}
    return " and ".join(words[kind] for kind in KINDS if kind in kinds).capitalize() or "None"


def take_off(user: User) -> int:
    """All they have, recovery codes too: for somebody who lost them. Out: how many there were."""
    return int(Authenticator.objects.filter(user=user).delete()[0])


def is_demonstration() -> bool:
    """Whether this is a demonstration, in which one click signs in and nobody is asked for more."""
    return Provenance.objects.filter(kind=ProvenanceKind.DEMO).exists()
