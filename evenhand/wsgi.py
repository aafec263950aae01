"""The web as a WSGI application: what granian, or any other such server, is given."""

from django.core.handlers.wsgi import WSGIHandler

from evenhand.loading import load

load()
application = WSGIHandler()
