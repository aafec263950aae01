"""In the soak's world: something happens every few seconds, and a journal says what is held of whom since then.

`python -m tests.soak.acts SETTING JOURNAL SECONDS BEAT` prints READY, begins when its
standard input says so, and prints before each act to whom it happens.
"""

import pickle
import random
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.inside import ready

ready()

from django.utils import timezone  # noqa: E402

from evenhand.demo.stage import Stage, Story  # noqa: E402
from evenhand.people.models import Person, User  # noqa: E402
from tests.soak import setting  # noqa: E402
from tests.soak.courses import COURSES  # noqa: E402
from tests.soak.journal import Act, Journal, State, Subject  # noqa: E402
from tests.soak.setting import Setting  # noqa: E402
from tests.soak.watch import held  # noqa: E402

TOGETHER = 5
"""How many courses are under way at once."""
SEED = 11


def main() -> None:
    told, file = setting.read(Path(sys.argv[1])), Path(sys.argv[2])
    seconds, beat = float(sys.argv[3]), float(sys.argv[4])
    day = timezone.localdate()
    journal = Journal(held([p[0] for p in told.people], [h[0] for h in told.homes], day))
    state = {subject: journal.first[subject] for subject in on_stage(told)}
    print("READY", flush=True)
    sys.stdin.readline()
    begun, steps = time.time(), play(told, Stage(colleagues(), day))
    for number in range(int(seconds / beat)):
        time.sleep(max(0.0, begun + (number + 0.5) * beat - time.time()))
        act, state = done(steps, told, state)
        if act is None:
            break
        journal.acts.append(act)
    time.sleep(max(0.0, begun + seconds - time.time()))
    journal.last = held([p[0] for p in told.people], [h[0] for h in told.homes], day)
    file.write_bytes(pickle.dumps(journal))


def on_stage(told: Setting) -> list[Subject]:
    people: list[Subject] = [("person", key) for key in told.people_on_stage]
    return people + [("home", key) for key in told.homes_on_stage]


def done(
    steps: Iterator[str], told: Setting, before: Mapping[Subject, State]
) -> tuple[Act | None, Mapping[Subject, State]]:
    """One act, what it changed, and what is held now of everyone on the stage; no act where all courses are over."""
    begun, trouble, words = time.time(), "", "not done"
    try:
        words = next(steps)
    except StopIteration:
        return None, before
    except Exception:  # whatever stands in the way of an act is for the report
        trouble = traceback.format_exc()[-2000:]
    ended = time.time()
    after = held(told.people_on_stage, told.homes_on_stage, timezone.localdate())
    changed = {subject: state for subject, state in after.items() if before[subject] != state}
    return Act(words, begun, ended, changed, trouble), after


class Player:
    """The courses one after another, a few at a time, each act of one picked by lot."""

    def __init__(self, told: Setting, stage: Stage) -> None:
        people = Person.objects.in_bulk([person for _, person in told.cases])
        self.stage, self.chance = stage, random.Random(SEED)
        self.waiting = [(reference, people[person]) for reference, person in told.cases]
        self.number, self.running = 0, list[tuple[int, Iterator[str]]]()

    def __iter__(self) -> "Player":
        return self

    def __next__(self) -> str:
        while True:
            self._fill()
            person, course = self.chance.choice(self.running)
            print(person, flush=True)
            self.stage.clock = datetime.now(UTC)
            try:
                return next(course)
            except StopIteration:
                self.running.remove((person, course))
            except Exception:
                self.running.remove((person, course))
                raise

    def _fill(self) -> None:
        while len(self.running) < TOGETHER and self.number < len(self.waiting):
            reference, person = self.waiting[self.number]
            other = self.waiting[self.number - 1][1]
            course = COURSES[self.number % len(COURSES)]
            self.running.append((person.pk, course(Story(self.stage, reference, person), other)))
            self.number += 1
        if not self.running:
            raise StopIteration


def play(told: Setting, stage: Stage) -> Iterator[str]:
    stage.exactly(stage.today)
    return Player(told, stage)


def colleagues() -> dict[str, User]:
    return {user.email.partition("@")[0]: user for user in User.objects.select_related("team")}


if __name__ == "__main__":
    main()
