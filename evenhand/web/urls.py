"""The colleagues' paths, concept by concept."""

from django.urls import URLPattern, URLResolver

from evenhand.web import (
    appeal,
    assessment,
    counter_allegation,
    decision,
    exhibit,
    expectation,
    handling,
    incident,
    investigation,
    legal_action,
    marker,
    police,
    provisional_marker,
    single_contact,
    support,
    warning,
    welfare,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *appeal.urlpatterns,
    *warning.urlpatterns,
    *support.urlpatterns,
    *provisional_marker.urlpatterns,
    *investigation.urlpatterns,
    *incident.urlpatterns,
    *exhibit.urlpatterns,
    *decision.urlpatterns,
    *assessment.urlpatterns,
    *counter_allegation.urlpatterns,
    *expectation.urlpatterns,
    *handling.urlpatterns,
    *legal_action.urlpatterns,
    *marker.urlpatterns,
    *police.urlpatterns,
    *single_contact.urlpatterns,
    *welfare.urlpatterns,
]
