"""The web is loaded whole before it is ready: a mistake in any page, form or door stops the start.

Nobody waits long for a page to be loaded, and none is found to be broken by a customer's call.
"""

import os

import django
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from evenhand import environment
from evenhand.api.door import ANSWER
from evenhand.database.pool import back_soon


def set_up() -> None:
    """Load what every page needs: settings, tables, and all that stands before a page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
    os.environ["EVENHAND_POOL"] = environment.text("EVENHAND_POOL", "10")
    back_soon()
    # Once: a second time would set up the log lines anew beside whoever writes one.
    if not apps.ready:
        django.setup(set_prefix=False)
    for before_a_page in settings.MIDDLEWARE:
        import_string(before_a_page)


def load() -> None:
    """Load every page, and all that stands before one. Nothing is asked of the database or of the files laid out."""
    set_up()
    for form in (*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()):
        import_string(form)
    app.perform_import_paths()
    import_string(ANSWER)
    # Brings every page in, and knows every address from then on.
    reverse(settings.LOGIN_URL)
