"""Bare equivalent of line 1: the shortest Django view that looks a person up by telephone and notes that it did."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from evenhand import environment
from evenhand.database.place import Place, described

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={
        "default": {
            **described(Place(environment.var_folder()), as_owner=True),
            "ENGINE": "django.db.backends.postgresql",
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 10}},
        }
    },
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.urandom(16).hex(),
)
django.setup()

FIND = "SELECT id, forename, surname FROM people_person WHERE phones @> ARRAY[%s]::varchar[]"
NOTE = "INSERT INTO bare_look (at, person) VALUES (now(), %s)"


def check(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute(FIND, [request.GET["telephone"]])
        found = cursor.fetchall()
        cursor.execute(NOTE, [found[0][0]])
    return JsonResponse({"people": [{"id": row[0], "name": f"{row[1]} {row[2]}"} for row in found]})


urlpatterns = [path("check", check)]
application = get_wsgi_application()
