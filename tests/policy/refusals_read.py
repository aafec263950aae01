"""The refusals that a person has read, verb by verb: those that `refusals` tries for, and those met in other tests.

A line: the promise behind it, the act that removes it, the answer it stands beside, and the words. "for good" is said
of what is about the colleague; "unsaid" of an answer left empty.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from evenhand.policy.refusal import Objection

TRIED = Path(__file__).with_name("refusals_tried.txt")
MET = Path(__file__).with_name("refusals_met.txt")


def said(each: Objection) -> str:
    flags = (" unsaid" if each.unsaid else "") + (" for good" if each.for_good else "")
    return f"{each.promise.name} {each.remedy or '-'} {each.field or '-'}{flags}: {each.words}"


def kept(file: Path) -> dict[str, list[str]]:
    parts = file.read_text("utf-8").strip().split("\n\n") if file.exists() else []
    return {name: lines for name, *lines in (part.splitlines() for part in parts)}


def keep(file: Path, found: Mapping[str, Iterable[str]]) -> None:
    parts = ("\n".join((name, *sorted(set(lines)))) for name, lines in found.items() if lines)
    file.write_text("\n\n".join(parts) + "\n", "utf-8")


KNOWN = {name: set(lines) for name, lines in kept(TRIED).items()}
FOUND = {name: set(lines) for name, lines in kept(MET).items()}


def was_read(verb: str, each: Objection) -> bool:
    """Whether this refusal of the verb was read as it stands. With REFUSALS=add it is added, for a person to read."""
    line = said(each)
    if line in KNOWN.get(verb, ()) or line in FOUND.get(verb, ()):
        return True
    if os.environ.get("REFUSALS") != "add":
        return False
    FOUND.setdefault(verb, set()).add(line)
    keep(MET, {name: FOUND[name] for name in sorted(FOUND)})
    return True
