"""The sign-in as somebody stands before it: who signs in, who is in, and the link for a forgotten password."""

import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

LOGIN, RESET = reverse("account_login"), reverse("account_reset_password")
PASSWORD = "three-quiet-otters-in-a-boat"
ANOTHER = "four-loud-herons-on-a-roof"


def signs_in(browser: Client, user: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return browser.post(LOGIN, {"login": user, "password": password, **more})


def is_in(browser: Client) -> bool:
    return browser.get("/").status_code == 200


def link_in(body: object) -> str:
    found = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", str(body))
    assert found, body
    return found.group(1)


def chooses(browser: Client, link: str, password: str) -> HttpResponse:
    page = browser.get(link, follow=True)
    there = page.redirect_chain[-1][0] if page.redirect_chain else link
    return browser.post(there, {"password1": password, "password2": password})
