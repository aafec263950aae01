"""What a worker does for the register: bring in files that were uploaded, and forget those nobody confirmed. And it
forgets sessions that are over.
"""

from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.people.models import RegisterImport
from evenhand.people.models.register import ImportState
from evenhand.people.register import importing, upload


@app.task(name="import_register", queue="register")
def import_register(register_import: int) -> None:
    """Runs one import to its end. Its files go, unless an administrator has to confirm it first."""
    record = RegisterImport.objects.get(pk=register_import)
    lost = False
    try:
        record = importing.run(record.pk, day=timezone.localdate(), clock=timezone.now)
    except (OperationalError, InterfaceError):
        lost = True  # the database: the job is done again once it answers, and needs the files
        raise
    finally:
        if record.state != ImportState.TO_CONFIRM and not lost:
            upload.forget(record.folder)


@app.periodic(cron="50 3 * * *")
@app.task(name="forget_old_uploads", queueing_lock="forget_old_uploads")
def forget_old_uploads(timestamp: int) -> None:
    """The files of a register are personal: they do not wait longer than a week."""
    upload.forget_old()


@app.periodic(cron="25 * * * *")
@app.task(name="forget_sessions", queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """What a session held, such as the words of a form that came too late, does not stay when it is over."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
