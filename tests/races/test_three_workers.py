"""Three workers at once, each a process of its own: every job is done, and every letter goes once."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from evenhand.cases import letters, models, tasks
from evenhand.cases.record import Ask
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from evenhand.policy.standing.correspondence import Post
from tests.foundations.conftest import ROOT, wait_until
from tests.soak.kills import post
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS, CASES, TIMES = 3, 4, 3


@contextmanager
def worker(mail: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`evenhand worker` on this test's database, as the application."""
    said = connection.settings_dict
    who = ":".join(quote(said[name], safe="") for name in ("USER", "PASSWORD") if said[name])
    place = {name: said[key] for name, key in (("host", "HOST"), ("port", "PORT")) if said[key]}
    address = f"postgresql://{who}@/{said['NAME']}?{urlencode(place)}"
    ours = ("EVENHAND_", "DATABASE_", "DJANGO_", "EMAIL_", "PYTEST_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {
        "DATABASE_URL": f"{address}&options={quote(f'-c role={settings.APPLICATION_ROLE}')}",
        "DATABASE_OWNER_URL": address,
        "EMAIL_URL": mail,
        "EVENHAND_VAR": str(settings.VAR),
    }
    command = [sys.executable, "-m", "evenhand", "worker", "--queues", "letters"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=60)


def approved(story: Story, cast: Cast) -> models.Letter:
    case = replace(story, reference="", acts=0).decide()
    how: dict[str, Any] = {"delivery": Delivery.EMAIL, "format": LetterFormat.STANDARD}
    letters.approve(case.reference, "T1", Ask(cast.manager.actor, case.moment), **how)
    return models.Letter.objects.get(case__reference=case.reference)


def test_three_workers_at_once_do_every_job_and_send_every_letter_once(story: Story, cast: Cast) -> None:
    with post.open_for(seed=1) as (office, address), ExitStack() as stack:
        for _ in range(WORKERS):
            stack.enter_context(worker(address))
        wait_until(lambda: ProcrastinateWorker.objects.count() == WORKERS, "three workers wait for something to do")
        waiting = [approved(story, cast) for _ in range(CASES)]
        # Each asked for more than once, as a sweep beside a job would.
        for letter in waiting * (TIMES - 1):
            tasks.send_letter.defer(letter=letter.pk)
        wait_until(lambda: not ProcrastinateJob.objects.filter(queue_name="letters").exists(), "every job is done")
    assert Counter(models.Letter.objects.values_list("post", flat=True)) == {Post.SENT: CASES}
    assert office.taken == dict.fromkeys((letter.message_id for letter in waiting), 1)
    sent = models.Event.objects.filter(kind="LetterSent")
    assert sent.count() == CASES and len(set(sent.values_list("case", flat=True))) == CASES
