"""The machines' door as a Django app: it brings the command that asks what they ask."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "evenhand.api"
    label = "api"
