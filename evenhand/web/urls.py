"""The colleagues' paths, concept by concept."""

from django.urls import URLPattern, URLResolver

from evenhand.web import (
    appeal,
    counter_allegation,
    expectation,
    handling,
    legal_action,
    marker,
    police,
    single_contact,
    welfare,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *appeal.urlpatterns,
    *counter_allegation.urlpatterns,
    *expectation.urlpatterns,
    *handling.urlpatterns,
    *legal_action.urlpatterns,
    *marker.urlpatterns,
    *police.urlpatterns,
    *single_contact.urlpatterns,
    *welfare.urlpatterns,
]
