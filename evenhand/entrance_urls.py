"""Which address leads where while only the way in is loaded (`entrance.py`), as it does when everything is."""

from allauth.account.views import login
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

handler500 = "evenhand.doors.unanswered.went_wrong"


def elsewhere(request: HttpRequest) -> HttpResponse:
    """A page that is not among the first: its address is here for the first to lead to."""
    raise Http404


urlpatterns = [
    path("", login_required(elsewhere)),
    path("accounts/login/", login, name="account_login"),
    path("accounts/password/reset/", elsewhere, name="account_reset_password"),
    path("accounts/2fa/webauthn/login/", elsewhere, name="mfa_login_webauthn"),
    path("policy/", elsewhere, name="policy"),
    path("welcome/", elsewhere, name="welcome"),
]
if settings.SOCIALACCOUNT_PROVIDERS:
    # The page to sign in with has a button that leads there.
    urlpatterns.append(path("accounts/oidc/<slug:provider_id>/login/", elsewhere, name="openid_connect_login"))
