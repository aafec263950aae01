"""What a worker does for this floor."""

from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.people.register import importing


@app.task(name="import_register", queue="imports", lock="register")
def import_register(import_id: int) -> None:
    """Runs an import that a page wrote down (`importing.begin` or `confirm`). How it went is in its row.

    It is never tried again by itself: a person looks at what went wrong and brings the files in anew.
    """
    importing.run(import_id, day=timezone.localdate(), clock=timezone.now)
