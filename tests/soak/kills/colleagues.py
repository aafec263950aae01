"""Colleagues at work while everything is killed around them: each carries one case on, form by form, then the next."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from tests.soak.kills import course
from tests.soak.kills.browser import Browser, Lost, NotDone
from tests.soak.kills.setting import Setting


@dataclass(frozen=True)
class Done:
    """An act that was answered: the colleague was told that it is saved."""

    reference: str
    verb: str
    token: str
    times: int


@dataclass
class Colleagues:
    """So many cases at a time. `done` grows as they act; `trouble` is what a page said that did not take its form."""

    told: Setting
    port: int
    day: date
    together: int
    done: list[Done] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    unanswered: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    @contextmanager
    def at_work(self) -> Iterator["Colleagues"]:
        """They act beside this block; at its end each is answered what they asked last, and stops."""
        threads = [threading.Thread(target=self._work) for _ in range(self.together)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _work(self) -> None:
        while not self._over.is_set():
            number = next(self._numbers)
            person, name = self.told.people[number % len(self.told.people)]
            acts = course.from_report_to_appeal(number, str(person), name, self.day, self.told.actors.__getitem__)
            try:
                self._carry_on(acts)
            except NotDone as trouble:
                self.trouble.append(str(trouble))
            except Lost:
                self.unanswered += 1

    def _carry_on(self, acts: Iterator[course.Act]) -> None:
        reference = ""
        for act in acts:
            if self._over.is_set():
                return
            page = self.told.pages[f"{act.verb} SUBJECT" if act.subject else act.verb]
            address = page.replace("REFERENCE", reference).replace("SUBJECT", act.subject)
            browser = Browser(self.port, {self.told.cookie: self.told.sessions[act.by]})
            sent = browser.send(address, {name: _several(value) for name, value in act.answers.items()})
            reference = reference or next(part for part in sent.led_to.split("/") if part.startswith("EH-"))
            self.done.append(Done(reference, act.verb, sent.token, sent.times))


def _several(value: object) -> object:
    return value if isinstance(value, list) else [value]
