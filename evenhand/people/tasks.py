"""What a worker does for the register: bring in files that were uploaded, and forget those nobody confirmed. And it
forgets sessions that are over, and seals with today's key what keeps the secrets of second steps.
"""

from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.database.trouble import will_pass
from evenhand.people import sealing
from evenhand.people.models import RegisterImport, Session
from evenhand.people.models.register import ImportState
from evenhand.people.register import importing, upload


@app.task(name="import_register", queue="register")
def import_register(register_import: int) -> None:
    """Runs one import to its end. Its files go, unless an administrator has to confirm it first."""
    record = RegisterImport.objects.get(pk=register_import)
    again = False
    try:
        record = importing.run(record.pk, day=timezone.localdate(), clock=timezone.now)
    except Exception as error:
        again = will_pass(error)  # the job is done again once the database answers, and needs the files
        raise
    finally:
        if record.state != ImportState.TO_CONFIRM and not again:
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


@app.periodic(cron="35 3 * * *")
@app.task(name="seal_anew", queueing_lock="seal_anew")
def seal_anew(timestamp: int) -> None:
    """What an older secret key sealed does not need that key for ever."""
    sealing.seal_anew()
