"""Every command of docs/api.md, run as it stands there, by a shell against a server that answers."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from evenhand.api.v1 import schema
from evenhand.cases.circumstances import Moment
from evenhand.policy.events.marker import Control, Risk
from evenhand.sharing import following
from evenhand.sharing.models import Recall
from tests.api.calling import Keyring
from tests.web.stories import START, Story

pytestmark = pytest.mark.django_db(transaction=True)

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text()
COMMANDS = [block for block in re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL) if block.startswith("curl")]


def test_the_document_has_a_command_for_every_call() -> None:
    for path in schema()["paths"]:
        assert any(re.search(rf'\$EVENHAND{re.escape(path)}["?]', command) for command in COMMANDS), path


def test_every_command_of_the_document_does_what_it_says(
    live_server: LiveServer, keys: Keyring, story: Story, clock: Callable[..., datetime]
) -> None:
    clock(START + timedelta(days=7))
    story.mark(risk=Risk.WEAPON, controls=(Control.PAIRS,))
    follow()
    secret = keys.system().secret

    def run(command: str) -> Any:
        known = {"EH-7K3F-Q2WX.M1": f"{story.reference}.M1"}
        if recall := Recall.objects.first():
            known['"311"'] = f'"{recall.pk}"'
        for example, real in known.items():
            command = command.replace(example, real)
        environment = {**os.environ, "EVENHAND": live_server.url, "KEY": secret}
        done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        return json.loads(done.stdout)

    told = []
    for command in COMMANDS:
        if "/withdrawals" in command and not Recall.objects.exists():
            story.act("marker.remove", story.cast.manager, "M1", reasons="It was somebody else.")
            follow()
        told.append((command, run(command)))
    by_path = [(re.search(r"/api/v1/([a-z/]+)", command)[1], answer) for command, answer in told]  # type: ignore[index]
    checks = [answer["code"] for path, answer in by_path if path == "check"]
    assert checks == ["instruction", "instruction", "instruction", "second_identifier_needed"]
    answers = dict(by_path)
    assert answers["acknowledgements"]["acknowledged"] == [f"{story.reference}.M1"]
    assert [one["answer"]["code"] for one in answers["checks"]["answers"]] == ["instruction", "instruction"]
    assert answers["controls/changes"]["changes"][0]["what"] == "started"
    assert len(answers["people/changes"]["people"]) == 1
    assert answers["withdrawals"]["withdrawals"][0]["what"] == "ended"
    assert answers["withdrawals/confirm"] == {"confirmed": 1}
    assert answers["register"]["sheets"]["people"]["added"] == 1 and answers["register"]["wrong"] == []
    assert answers["register"]["sheets"]["alerts"]["added"] == 1
    assert answers["contacts"]["contacts"]["added"] == 1


def follow() -> None:
    at = timezone.now()
    following.follow(Moment(at, timezone.localdate(at)))
