"""The seven kinds of demand that the policy calls unreasonable, each as one invented customer shows it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tests.policy.demand.pen import Pen, weeks


def no_time_to_respond(pen: Pen) -> None:
    for _ in range(2):
        matter = pen.matter(promised=28)
        for day in pen.spread(pen.often(18, 26), matter.opened, matter.opened + timedelta(days=25)):
            pen.say(day, matter)


def excessive_emails(pen: Pen) -> None:
    matter = pen.matter("complaint_stage1", promised=28)
    for day in pen.spread(pen.often(50, 110), matter.opened, matter.opened + weeks(8)):
        pen.say(day, pen.chance.choice([matter, None]), channel="email")


def expects_immediate(pen: Pen) -> None:
    matter = pen.matter(promised=28)
    for at in pen.chance.sample(range(1, 25), 5):
        hour = pen.chance.uniform(0, 3)
        for _ in range(pen.often(4, 7)):
            pen.say(matter.opened + timedelta(days=at), matter, hour)
            hour += pen.chance.uniform(0.2, 1.4)


def senior_only(pen: Pen) -> None:
    first = pen.day(200)
    for day in pen.spread(pen.often(18, 28), first, first + weeks(14)):
        pen.say(day, asked_for_senior=pen.chance.random() < 0.9, minutes=pen.chance.randint(10, 20))


def unspecific(pen: Pen) -> None:
    first = pen.day(200)
    for day in pen.spread(pen.often(18, 28), first, first + weeks(14)):
        pen.say(day, specific=pen.chance.random() > 0.85, minutes=pen.chance.randint(8, 18))


def old_issues(pen: Pen) -> None:
    matter = pen.matter(opened=pen.day(100))
    assert matter.done is not None
    for day in pen.spread(pen.often(16, 28), matter.done + weeks(3), matter.done + weeks(16)):
        pen.say(day, matter, minutes=pen.chance.randint(8, 16))


def exhausted_complaint(pen: Pen) -> None:
    matter = pen.matter("complaint_stage2", opened=pen.day(100))
    assert matter.closed is not None
    pen.matters[matter.ref] = replace(matter, exhausted=matter.closed + timedelta(days=10))
    for day in pen.spread(pen.often(16, 26), matter.closed + timedelta(days=12), matter.closed + weeks(16)):
        pen.say(day, matter, minutes=pen.chance.randint(8, 16))


UNREASONABLE: tuple[Callable[[Pen], None], ...] = (
    no_time_to_respond,
    excessive_emails,
    expects_immediate,
    senior_only,
    unspecific,
    old_issues,
    exhausted_complaint,
)
