"""What a worker does here, in jobs whose arguments are ids. None holds a lock of the queue: a worker that died would
keep it, and rows in the database already say who is at what."""

from procrastinate.contrib.django import app

from evenhand.cases.feed import FOLLOW
from evenhand.cases.tasks import now
from evenhand.sharing import delivery, following, key_tasks, recall_mail, retention, visit_tasks, webhook_job

__all__ = [
    "follow_the_log",
    "key_tasks",
    "look_after_webhooks",
    "send_webhooks",
    "tell_colleagues_of_recalls",
    "visit_tasks",
]


@app.periodic(cron="* * * * *")
@app.task(name=FOLLOW, queueing_lock=FOLLOW)
def follow_the_log(timestamp: int) -> None:
    """Reads the log on and passes on what became of limits and markers. Called after each act on one, too."""
    following.follow(now())


@app.task(name=webhook_job.SEND, queue="webhooks")
def send_webhooks(endpoint: int) -> None:
    """Sends what is due for one receiver, and comes back when something is due again."""
    again = delivery.send_due(endpoint, now)
    if again is not None:
        webhook_job.defer(endpoint, again if again > now().at else None)


@app.periodic(cron="* * * * *")
@app.task(name="look_after_webhooks", queueing_lock="look_after_webhooks")
def look_after_webhooks(timestamp: int) -> None:
    """Sends what is due and no job is left for."""
    for endpoint in delivery.due(now().at):
        webhook_job.defer(endpoint)


@app.periodic(cron="*/10 * * * *")
@app.task(name="tell_colleagues_of_recalls", queueing_lock="tell_colleagues_of_recalls")
def tell_colleagues_of_recalls(timestamp: int) -> None:
    """Sends colleagues word that something they were told of is over, or is not what it was."""
    recall_mail.tell_colleagues(now().at)


@app.periodic(cron="50 3 * * *")
@app.task(name="forget_what_was_told", queueing_lock="forget_what_was_told")
def forget_what_was_told(timestamp: int) -> None:
    """Drops news whose time is over, and who was told of cases that were disposed of; never whoever is still to be."""
    retention.forget(now())
