"""The colleagues' door as a Django app: it brings its template tags."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "evenhand.web"
    label = "web"
