"""What each act writes down and which roles may do it, as it was last read: `written.txt`.

python -m tests.policy.written      writes it again; what changed is for a person to read
"""

import json
from pathlib import Path

from evenhand.policy.events.catalogue import kind_of
from evenhand.policy.events.event import Event
from evenhand.policy.events.plain import to_plain
from evenhand.policy.refusal import Refused
from evenhand.policy.staff import SYSTEM, Actor, Role
from evenhand.policy.verbs import VERBS
from tests.policy.people import ADVOCATE, CUSTOMER
from tests.policy.refusals import SUBJECTS, acts_of, places
from tests.policy.refusals_read import keep

FILE = Path(__file__).with_name("written.txt")
ROLES = {
    **{f"{role.value}": Actor("somebody", frozenset({role})) for role in Role},
    "the customer": CUSTOMER,
    "an advocate": ADVOCATE,
    "the system": SYSTEM,
}


def may(name: str) -> str:
    """Those who, being that alone, are refused nothing before anyone types, in one case or another."""
    verb, found = VERBS[name], dict[str, None]()
    for story in places():
        for subject in SUBJECTS:
            for role, actor in ROLES.items():
                if role not in found and not any(True for _ in verb.objections(story.case, story.now(actor), subject)):
                    found[role] = None
    return "may: " + (", ".join(sorted(found)) or "nobody by a role alone")


def writes(name: str) -> set[str]:
    """The facts of every event that the verb makes, wherever it is allowed."""
    found = set[str]()
    for story in places():
        for act in acts_of(name):
            for subject in set(act.subjects(story.case, story.day)) | {None}:
                answers = act.answers(story.case, story.day, subject)
                try:
                    events = VERBS[name](story.case, story.now(act.by[0]), subject, **answers)
                except Refused:
                    continue
                found |= {line(event) for event in events}
    return found


def line(event: Event) -> str:
    """An event with those of its facts that say something."""
    return f"{kind_of(event)} {json.dumps({k: v for k, v in to_plain(event).items() if v}, ensure_ascii=False)}"


def written_by(name: str) -> list[str]:
    return sorted({may(name), *writes(name)})


if __name__ == "__main__":
    keep(FILE, {name: written_by(name) for name in VERBS})
