"""What a worker does about keys: what was counted or answered is kept no longer than it is of use."""

from procrastinate.contrib.django import app

from evenhand.cases.tasks import now
from evenhand.sharing import admission, once


@app.periodic(cron="15 * * * *")
@app.task(name="forget_counts_of_keys", queueing_lock="forget_counts_of_keys")
def forget_counts_of_keys(timestamp: int) -> None:
    """Drops counts of calls and people, and kept answers, whose time has passed."""
    moment = now()
    admission.forget_counts(moment.at, moment.day)
    once.forget(moment.at)
