"""The checks: who is asked about, by which system and in which way, sent at an even rate over a few lines."""

import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from tests.soak.journal import Subject
from tests.soak.setting import Setting

LINES = 4
SEED = 5
PATIENCE = 30
ON_STAGE = 0.7
FOLLOWING = 0.5
NOBODY = "07000000000"


@dataclass(frozen=True)
class Question:
    """One check. `subject` is whom or which home it is about; None: nobody has what is asked for.

    `follows`: asked instead about whoever something is happening to just then.
    """

    number: int
    system: int
    subject: Subject | None
    fields: dict[str, str]
    by_address: bool
    follows: bool = False

    @property
    def purpose(self) -> str:
        """What the log of looks knows this very check by."""
        return f"soak {self.number:06d}"


@dataclass(frozen=True)
class Asked:
    """A question and what came back, with the moments (seconds since 1970) around it. Status 0: no answer came."""

    question: Question
    begun: float
    ended: float
    status: int
    body: str


@dataclass
class Spot:
    """The person to whom something is happening, as the acts say; None before the first."""

    person: int | None = None


class Choice:
    """Whom each check asks about, and how."""

    def __init__(self, told: Setting) -> None:
        self.people = {row[0]: row for row in told.people}
        self.homes = {row[0]: row for row in told.homes}
        self.home_of = dict(told.stage)
        self.stage = told.people_on_stage

    def questions(self, how_many: int, systems: int) -> list[Question]:
        """Some about those of whom something may be held, some about anybody, some about nobody; the same each time."""
        chance, everybody = random.Random(SEED), list(self.people)
        found = []
        for number in range(how_many):
            person = chance.choice(self.stage if chance.random() < ON_STAGE else everybody)
            kind = chance.choices(("telephone", "reference", "home", "nobody"), (70, 12, 14, 4))[0]
            subject, fields = self.asked_as(kind, person)
            follows = subject is not None and chance.random() < FOLLOWING
            by_address = chance.random() < 0.5
            found.append(Question(number, chance.randrange(systems), subject, fields, by_address, follows))
        return found

    def asked_as(self, kind: str, person: int) -> tuple[Subject | None, dict[str, str]]:
        """The identifier by which a person, or the home where they live, is asked about."""
        if kind == "nobody":
            return None, {"telephone": NOBODY}
        if kind == "home" and person in self.home_of:
            home = self.home_of[person]
            return ("home", home), {"uprn": self.homes[home][3]}
        if kind == "reference":
            return ("person", person), {"person_ref": self.people[person][2]}
        return ("person", person), {"telephone": self.people[person][3]}

    def now(self, question: Question, spot: Spot) -> Question:
        """The question as it is asked: of whoever stands in the light, where it follows that."""
        if not question.follows or spot.person is None:
            return question
        kind = {"uprn": "home", "person_ref": "reference"}.get(next(iter(question.fields)), "telephone")
        subject, fields = self.asked_as(kind, spot.person)
        return replace(question, subject=subject, fields=fields)


def ask_all(told: Setting, how_many: int, port: int, seconds: float, spot: Spot) -> list[Asked]:
    """Asks so often, evenly over so many seconds, and waits for every answer."""
    choice, begun = Choice(told), time.time()
    asked = choice.questions(how_many, len(told.systems))
    turns, lock, answers = iter(enumerate(asked)), threading.Lock(), list[Asked]()

    def next_turn() -> tuple[int, Question] | None:
        with lock:
            return next(turns, None)

    def line() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        while (turn := next_turn()) is not None:
            time.sleep(max(0.0, begun + turn[0] * seconds / how_many - time.time()))
            answers.append(ask(connection, port, told, choice.now(turn[1], spot)))
        connection.close()

    threads = [threading.Thread(target=line, daemon=True) for _ in range(LINES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers, key=lambda each: each.question.number)


def ask(connection: http.client.HTTPConnection, port: int, told: Setting, question: Question) -> Asked:
    method, path, body, headers = request(question, told.systems[question.system].secret, port)
    begun = time.time()
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        status, text = answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        status, text = 0, repr(error)
    return Asked(question, begun, time.time(), status, text)


def request(question: Question, secret: str, port: int) -> tuple[str, str, str | None, dict[str, str]]:
    headers = {"Host": f"localhost:{port}", "Authorization": f"Bearer {secret}"}
    fields = {**question.fields, "purpose": question.purpose}
    if question.by_address:
        return "GET", f"/api/v1/check?{urlencode(fields)}", None, headers
    return "POST", "/api/v1/check", json.dumps(fields), {**headers, "Content-Type": "application/json"}
