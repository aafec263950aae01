"""The web as a WSGI application: what granian, or any other such server, is given."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
os.environ.setdefault("EVENHAND_POOL", "10")
application = get_wsgi_application()
