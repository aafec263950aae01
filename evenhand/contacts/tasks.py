"""What a worker does for contacts: bring in files that were uploaded, have the months ready, forget what is too old."""

from django.utils import timezone
from procrastinate.contrib.django import app

from evenhand.contacts import importing, loading, months, suggesting
from evenhand.contacts.terms import demand_terms
from evenhand.database.trouble import will_pass
from evenhand.people.models import RegisterImport
from evenhand.people.register import upload


@app.task(name="import_contacts", queue="register")
def import_contacts(register_import: int) -> None:
    """Runs one import to its end. Its files go."""
    record = RegisterImport.objects.get(pk=register_import)
    again = False
    try:
        importing.run(record.pk, day=timezone.localdate(), clock=timezone.now)
    except Exception as error:
        again = will_pass(error)  # the job is done again once the database answers, and needs the files
        raise
    finally:
        if not again:
            upload.forget(record.folder)


@app.periodic(cron="30 2 * * *")
@app.task(name="make_months_ahead", queueing_lock="make_months_ahead")
def make_months_ahead(timestamp: int) -> None:
    """The months to come have their place before a contact does."""
    months.make_ahead(timezone.now())


@app.periodic(cron="30 4 * * *")
@app.task(name="match_late_people", queueing_lock="match_late_people")
def match_late_people(timestamp: int) -> None:
    """Contacts that named somebody before the register did become theirs."""
    loading.match_late_people()


@app.periodic(cron="10 1 * * *")
@app.task(name="measure_everybody", queueing_lock="measure_everybody")
def measure_everybody(timestamp: int) -> None:
    """Everybody's contacts are measured over the year, and whom customers are compared with is kept."""
    suggesting.measure_everybody(timezone.localdate(), timezone.now(), demand_terms())


@app.periodic(cron="*/5 * * * *")
@app.task(name="measure_changed", queueing_lock="measure_changed")
def measure_changed(timestamp: int) -> None:
    """Those whose contacts have changed since are measured again, beside the same others."""
    while suggesting.measure_changed(timezone.now(), demand_terms()):
        pass
