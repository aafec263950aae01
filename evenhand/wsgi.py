"""The web as a WSGI application: what granian, or any other such server, is given."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from evenhand.database.pool import back_soon

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
os.environ.setdefault("EVENHAND_POOL", "10")
back_soon()
application = get_wsgi_application()
# Every page is loaded now: a mistake in one stops the start, and nobody waits for it at the first request.
PAGES = get_resolver().url_patterns
