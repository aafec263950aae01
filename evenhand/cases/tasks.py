"""What the worker does, in jobs whose arguments are ids: send letters, and record and tell what time has brought about.

Nothing changes because a job ran: a limit ends on its day without one. These jobs only record and tell.
"""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from evenhand.cases import answer_sending, following, head, head_told, outside, record, relied_on, sending, time_passing
from evenhand.cases.circumstances import Moment
from evenhand.contacts.to_judge import JUDGE
from evenhand.people import mail_server

FORMS_KEPT = timedelta(days=30)
TRIES = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions=[mail_server.NotReached])


def now() -> Moment:
    """The moment, and the landlord's own day."""
    at = timezone.now()
    return Moment(at, timezone.localdate(at))


@app.task(name="send_letter", queue="letters", retry=TRIES)
def send_letter(letter: int) -> None:
    """Sends one approved letter by email. A mail server that cannot be reached is tried again, later and later."""
    sending.send(letter, now())


@app.task(name="send_answer", queue="letters", retry=TRIES)
def send_answer(answer: int) -> None:
    """Sends one approved answer to an objection by email, as `send_letter` does a letter."""
    answer_sending.send(answer, now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="look_after_post", queueing_lock="look_after_post")
def look_after_post(timestamp: int) -> None:
    """Shows a person every letter whose sending nobody knows the end of, and sends those no job is left for."""
    moment = now()
    time_passing.doubt_letters(moment)
    for letter in sending.unclaimed(moment.at):
        with suppress(AlreadyEnqueued), transaction.atomic():
            send_letter.configure(queueing_lock=f"letter {letter}").defer(letter=letter)
    for answer in answer_sending.unclaimed(moment.at):
        with suppress(AlreadyEnqueued), transaction.atomic():
            send_answer.configure(queueing_lock=f"answer {answer}").defer(answer=answer)


@app.periodic(cron="20 * * * *")
@app.task(name="record_what_is_over", queueing_lock="record_what_is_over")
def record_what_is_over(timestamp: int) -> None:
    """Limits and single contacts that came to their end, and reviews of markers that the customer must be told of."""
    time_passing.record_what_is_over(now())


@app.periodic(cron="10 3 * * *")
@app.task(name="forget_forms", queueing_lock="forget_forms")
def forget_forms(timestamp: int) -> None:
    """Drops what told repeats of a form apart, once nobody will repeat it."""
    record.forget_forms(now().at - FORMS_KEPT)


@app.periodic(cron="40 * * * *")
@app.task(name="follow_people", queueing_lock="follow_people")
def follow_people(timestamp: int) -> None:
    """What the register and the list of colleagues tell: ended tenancies, deaths, colleagues who left."""
    following.follow_all(now())


@app.periodic(cron="15 1 * * *")
@app.task(name="forget_old_contacts", queueing_lock="forget_old_contacts")
def forget_old_contacts(timestamp: int) -> None:
    """Contacts whose time is over become totals, but for those that a case still rests on."""
    relied_on.forget_the_rest(now().day)


@app.periodic(cron="25 * * * *")
@app.task(name="make_heads", queueing_lock="make_heads")
def make_heads(timestamp: int) -> None:
    """The head of each day that has none: shortly after midnight, or whenever a worker is there again. They go out."""
    head.make_missing(now())
    head_told.tell(now().at)


@app.periodic(cron="*/5 * * * *")
@app.task(name=JUDGE, queueing_lock=JUDGE)
def judge_contacts(timestamp: int) -> None:
    """Contacts of other systems are held against the limits; those outside wait for a person to read them."""
    while outside.judge(now()).count:
        pass
