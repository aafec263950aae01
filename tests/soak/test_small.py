"""Under load, while things happen, every answer is right and nothing is lost; a soak would say if it were not so."""

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

from tests.soak.evidence import Evidence
from tests.soak.ground import ROOT, Ground

MINUTES = "0.25"


@pytest.fixture
def given(transactional_db: None) -> Iterator[tuple[str, str]]:
    """The address of this run's own database, as the application and as its owner."""
    said = connection.settings_dict
    who = ":".join(quote(said[name], safe="") for name in ("USER", "PASSWORD") if said[name])
    place = {"host": said["HOST"], "port": said["PORT"]}
    address = f"postgresql://{who}@/{said['NAME']}?{urlencode({k: v for k, v in place.items() if v})}"
    connection.close()
    yield f"{address}&options={quote(f'-c role={settings.APPLICATION_ROLE}')}", address


def test_answers_are_right_while_things_happen_and_a_wrong_one_is_noticed(
    given: tuple[str, str], tmp_path: Path
) -> None:
    application, owner = given
    file = tmp_path / "report.json"
    command = [sys.executable, "-m", "tests.soak", "--small", "--minutes", MINUTES, "--folder", str(tmp_path / "var")]
    command += ["--json", str(file), "--database", application, "--owner", owner]
    ground = Ground(str(tmp_path / "var"), 0, database=application, owner=owner)
    done = subprocess.run(command, cwd=ROOT, env=ground.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(file.read_text())
    assert report["well"] and report["checks"] == 125
    assert report["counts"]["answers_that_told_of_something"] > 0
    assert report["counts"]["messages_received"] > 0

    told = faults(ground, tmp_path / "var")
    assert told["wrong answers"] == 1
    assert told["changes lost"] == 1


def faults(ground: Ground, folder: Path) -> dict[str, int]:
    """What the judge says once an answer that told of something is another's, and a message never came."""
    evidence: Evidence = pickle.loads((folder / "evidence.pickle").read_bytes())
    asked = list(evidence.asked)
    number = next(n for n, each in enumerate(asked) if each.question.subject and '"instruction"' in each.body)
    body: dict[str, Any] = json.loads(asked[number].body)
    asked[number] = replace(asked[number], body=json.dumps(body | {"acknowledge": not body["acknowledge"]}))
    (folder / "spoilt.pickle").write_bytes(pickle.dumps(Evidence(asked, evidence.taken[1:])))
    files = [str(folder / name) for name in ("setting.json", "journal.pickle", "spoilt.pickle")]
    judged = json.loads(ground.python("tests.soak.judge", *files))
    return {kind: found["count"] for kind, found in judged["faults"].items()}
