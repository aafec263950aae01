#!/usr/bin/env python3
"""Checks an export of Evenhand's record without Evenhand: Python 3.9 or newer, nothing else. docs/record.md says how.

    evenhand verify --export record.jsonl --facts          on the landlord's machine
    python3 verify_record.py record.jsonl [HEAD …]         anywhere

HEAD: daily heads, as files or saved messages, kept where whoever runs the database could not change them. A record that
was rewritten whole agrees with itself, and only they find it out. Exits with 1 and a line for each fault, or with 0.
"""

import bisect
import hashlib
import hmac
import json
import sys

START = "00" * 32


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).hexdigest()


def faults_in_case(reference, events, facts):
    before, stones = START, 0
    for place, event in enumerate(events, 1):
        said = [reference, *(event[name] for name in ("number", "kind", "at", "on", "by", "digest"))]
        if event["number"] != place:
            yield f"{reference}: event {place} is missing, or is not in its place"
        if sha256(bytes.fromhex(before), canonical(said).encode()) != event["link"]:
            yield f"{reference}: event {place} was changed, moved or put in, or one before it was"
        before = event["link"]
        if "said" in event:
            if hmac.new(bytes.fromhex(event["key"]), event["said"].encode(), "sha256").hexdigest() != event["digest"]:
                yield f"{reference}: the facts of event {place} are not what was written"
            elif event["kind"] == "CaseDisposed":
                stones = max(stones, json.loads(event["said"])["upto"])
        elif facts and not event["disposed"]:
            yield f"{reference}: the facts of event {place} are missing from the export"
    for event in events:
        if event["disposed"] is not (event["number"] <= stones):
            wrong = "are gone, and no tombstone says so" if event["disposed"] else "were disposed of, and are there"
            yield f"{reference}: the facts of event {event['number']} {wrong}"


def faults_in_heads(heads, cases, whole):
    links = {(reference, event["number"]): event["link"] for reference, events in cases.items() for event in events}
    before, covers = START, {}
    for place, head in enumerate(heads):
        name = f"head {head['number']}, {head['day']}"
        if head["number"] != place + 1:
            yield f"head {place + 1} is missing, or is not in its place"
        said = [head[key] for key in ("number", "day", "until", "made_at", "note", "salt", "leaves")]
        if head["previous"] != before or sha256(bytes.fromhex(before), canonical(said).encode()) != head["head"]:
            yield f"{name}: it was changed, or one before it was"
        before, leaves = head["head"], {sha256(canonical(member).encode()) for member in head["members"]}
        if not leaves <= set(head["leaves"]) or (whole and leaves != set(head["leaves"])):
            yield f"{name}: it does not stand for these cases"
        for reference, number, link in head["members"]:
            covers.setdefault(reference, []).append((place, number))
            if links.get((reference, number)) != link:
                yield f"{name}: {reference} is not what it was: event {number} was changed, moved or removed"
    untils = [head["until"] for head in heads]
    for reference, events in cases.items():
        for event in events:
            due = bisect.bisect_right(untils, event["at"])  # the first head made when this event was already there
            there = any(place <= due and number >= event["number"] for place, number in covers.get(reference, []))
            if due < len(heads) and not there:
                yield f"{reference}: event {event['number']} claims to be older than head {due + 1}, which lacks it"


def heads_outside(names):
    for name in names:
        with open(name, encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith("{") and '"head"' in line:
                    yield name, json.loads(line)["number"], json.loads(line)["head"]


def main(export, *outside):
    with open(export, encoding="utf-8") as file:
        first, *rest = map(json.loads, file)
    cases = {line["case"]: line["events"] for line in rest if "case" in line}
    heads = [line for line in rest if "head" in line]
    faults = [fault for each in cases.items() for fault in faults_in_case(*each, first["facts"])]
    faults += faults_in_heads(heads, cases, first["case"] is None)
    kept = {(head["number"], head["head"]) for head in heads}
    for name, number, head in heads_outside(outside):
        faults += [] if (number, head) in kept else [f"{name}: head {number} is not the one in the record"]
    print(*dict.fromkeys(faults), f"{len(cases)} cases, {len(heads)} heads, {len(set(faults))} faults", sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else __doc__)
