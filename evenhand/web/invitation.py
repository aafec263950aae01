"""How a new colleague gets in: a link with which they choose a password, once, within three days."""

from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from evenhand.people.models import Landlord, User

DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


class NotSent(Exception):
    """The email did not go. The words say what to do instead."""


def link(request: HttpRequest, user: User) -> str:
    """A link that works once: it dies when the password is chosen, or after `DAYS`."""
    return request.build_absolute_uri(address(user))


def address(user: User) -> str:
    """Where that link leads, without the name of the server."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def send(request: HttpRequest, user: User) -> None:
    """Sends the link to the colleague's own address. Raises `NotSent`."""
    landlord = Landlord.objects.first()
    told = {
        "name": user.first_name or user.name,
        "landlord": landlord.name if landlord else "",
        "link": link(request, user),
        "days": DAYS,
        "username": user.username,
    }
    words = render_to_string("administration/invitation.txt", told, request=request)
    try:
        EmailMessage("Choose your password for Evenhand", words, to=[user.email]).send()
    except (OSError, SMTPException) as error:
        raise NotSent(
            f"The email to {user.email} did not go. Make a link to hand over instead, or try again later."
        ) from error


def send_and_tell(request: HttpRequest, user: User) -> None:
    """The same, and says on the next page whether it went."""
    try:
        send(request, user)
    except NotSent as no:
        messages.error(request, str(no))
    else:
        messages.success(request, f"A link to choose a password was sent to {user.email}.")


def waits(user: User) -> bool:
    """Whether they have no password yet, so that an administrator may see a link without anyone's password at stake."""
    return user.is_active and not user.has_usable_password()
