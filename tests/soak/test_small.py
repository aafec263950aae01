"""Under load, while things happen, every answer is right and nothing is lost; a soak would say if it were not so."""

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

from tests.soak import receiver, setting, webhooks
from tests.soak.asking import Asked
from tests.soak.compare import Judge
from tests.soak.ground import ROOT, Ground
from tests.soak.journal import History

MINUTES = "0.2"


@pytest.fixture
def ground(transactional_db: None, tmp_path: Path) -> Iterator[Ground]:
    """A soak's place in this run's own database, as the application and as its owner."""
    said = connection.settings_dict
    who = ":".join(quote(said[name], safe="") for name in ("USER", "PASSWORD") if said[name])
    place = {"host": said["HOST"], "port": said["PORT"]}
    address = f"postgresql://{who}@/{said['NAME']}?{urlencode({name: part for name, part in place.items() if part})}"
    role = quote(f"-c role={settings.APPLICATION_ROLE}")
    yield Ground(str(tmp_path / "soak"), 0, database=f"{address}&options={role}", owner=address)


def test_answers_are_right_while_things_happen_and_a_wrong_one_would_be_noticed(ground: Ground) -> None:
    file = ground.var.with_suffix(".json")
    command = [sys.executable, "-m", "tests.soak", "--small", "--minutes", MINUTES, "--folder", ground.name]
    command += ["--json", str(file), "--database", ground.database, "--owner", ground.owner]
    done = subprocess.run(command, cwd=ROOT, env=ground.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(file.read_text())
    assert report["well"] and report["checks"] == 100
    assert report["counts"]["answers_that_told_of_something"] > 0
    a_wrong_answer_is_noticed(ground)
    a_message_that_never_came_is_noticed(ground)


def a_wrong_answer_is_noticed(ground: Ground) -> None:
    """The same answers, and one of them with something in it that nobody asked about."""
    asked: list[Asked] = pickle.loads((ground.var / "answers").read_bytes())
    judge = Judge(
        setting.read(ground.var / "setting.json"), History(pickle.loads((ground.var / "journal").read_bytes()))
    )
    told = next(each for each in asked if '"code":"instruction"' in each.body)
    body = json.loads(told.body)
    assert not judge.compared(told).wrong
    assert judge.compared(replace(told, body=json.dumps(body | {"acknowledge": not body["acknowledge"]}))).wrong


def a_message_that_never_came_is_noticed(ground: Ground) -> None:
    told, taken = setting.read(ground.var / "setting.json"), receiver.read(ground.var / "taken")
    assert not list(webhooks.lost(told, webhooks.read(told, taken)))
    assert len(list(webhooks.lost(told, webhooks.read(told, taken[1:])))) == 1
