from django.apps import AppConfig
from django.core.checks import Tags, register

from evenhand.contacts import checks


class ContactsConfig(AppConfig):
    name = "evenhand.contacts"
    label = "contacts"
    verbose_name = "Contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(checks.every_contact_lies_in_its_month, Tags.database)
