"""An invented landlord of any size, as a housing system and a contact log would export it: the same each time."""

import csv
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

SEED = 20261031
OFTEN = 20_000
"""How many contacts one person makes, whoever owns the first matter: more than anybody ever did."""
TODAY = date(2026, 10, 31)
FORENAMES = (
    "Małgorzata",
    "Seán",
    "Aisha",
    "Dean",
    "Marjorie",
    "Kofi",
    "Mei Ling",
    "Olena",
    "Gareth",
    "Priya",
    "Luca",
    "Zofia",
)
SURNAMES = (
    "O'Brien",
    "Pryce-Jones",
    "Wójcik",
    "Smith",
    "Khan",
    "Okafor",
    "Brown",
    "Nguyễn",
    "Davies",
    "Patel",
    "Shaw",
    "Kaur",
)
SYLLABLES = (
    "bar",
    "ken",
    "wil",
    "ton",
    "ash",
    "mor",
    "den",
    "lea",
    "hol",
    "ver",
    "tam",
    "ros",
    "pel",
    "gar",
    "fen",
    "low",
)
STREETS = ("Larkrise", "Quarry", "Tannery", "Ferry", "Millrace", "Hawthorn", "Coopers", "Signal", "Weir", "Saltmarsh")
WAYS = ("Road", "Close", "Court", "Walk", "Row", "Gardens", "Street", "Lane")
KINDS = ("House", "Flat", "Maisonette", "Bungalow")
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
TEAMS = ("Contact Centre", "Repairs", "Income", "Neighbourhoods", "Complaints")
CHANNELS = ("phone", "phone", "phone", "email", "email", "webform", "office")
MATTERS = ("repair", "repair", "rent", "neighbour", "complaint_stage1")
Row = tuple[object, ...]


def telephone(number: int) -> str:
    """A number of its own for each person."""
    return f"07{(number * 7 + 400_000_000) % 1_000_000_000:09d}"


def uprn(number: int) -> str:
    return str(200_000_000_000 + number * 13)


def person_ref(number: int) -> str:
    return f"C{number:07d}"


def write(folder: Path, homes: int, contacts: int) -> None:
    """Every file of a landlord with so many homes, two people in each, into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _file(folder / "homes.csv", "home_ref,uprn,address_line,town,postcode,kind", _homes(homes))
    _file(
        folder / "people.csv",
        "person_ref,title,forename,surname,date_of_birth,phone,email,language,communication_needs",
        _people(homes * 2),
    )
    _file(
        folder / "tenancies.csv",
        "tenancy_ref,home_ref,tenure,started_on,ended_on",
        ((f"T{n:06d}", f"P{n:06d}", "assured", TODAY - timedelta(days=n % 5_000 + 30), "") for n in range(homes)),
    )
    _file(
        folder / "tenancy_people.csv",
        "tenancy_ref,person_ref,role",
        ((f"T{n // 2:06d}", person_ref(n), "household_member" if n % 2 else "tenant") for n in range(homes * 2)),
    )
    matters = contacts // 4
    _file(
        folder / "matters.csv",
        "matter_ref,person_ref,kind,opened_on,told_on,respond_by,responded_on,closed_on,done_on,complaint_exhausted_on",
        _matters(matters, homes * 2),
    )
    _file(
        folder / "contacts.csv",
        "contact_ref,at,person_ref,channel,direction,minutes,team,asked_for_senior,specific,exempt_kind,matter_ref,"
        "new_information,because_of_need,caller",
        _contacts(contacts, matters, homes * 2),
    )


def _file(path: Path, heading: str, rows: Iterator[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heading.split(","))
        writer.writerows(rows)


def _homes(homes: int) -> Iterator[Row]:
    chance = random.Random(SEED)
    for n in range(homes):
        street = f"{STREETS[n % 10]}{SYLLABLES[n // 80 % 16]} {WAYS[n // 10 % 8]}"
        postcode = f"ZH{n % 90 + 1} {n % 9 + 1}{chance.choice(LETTERS)}{chance.choice(LETTERS)}"
        yield f"P{n:06d}", uprn(n), f"{n // 640 + 1} {street}", "Little Harbour", postcode, KINDS[n % 4]


def _people(people: int) -> Iterator[Row]:
    chance = random.Random(SEED + 1)
    for n in range(people):
        surname = SURNAMES[n % 12] if n % 3 else "".join(chance.choices(SYLLABLES, k=3)).title()
        forename = FORENAMES[n % 11] if n % 2 else "".join(chance.choices(SYLLABLES, k=2)).title()
        born = date(1940, 1, 1) + timedelta(days=chance.randrange(27_000))
        email = f"person{n}@example.org" if n % 2 else ""
        yield (
            person_ref(n),
            "",
            forename,
            surname,
            born,
            telephone(n),
            email,
            "en",
            "large_print" if n % 50 == 0 else "",
        )


def _owner(matter: int, people: int) -> int:
    """Most people have few matters and a few have very many, as everywhere."""
    return (matter * 7919) % people if matter % 10 else (matter * 31) % max(people // 200, 1)


def _matters(matters: int, people: int) -> Iterator[Row]:
    for n in range(matters):
        opened = TODAY - timedelta(days=(n * 37) % 360 + 2)
        respond_by = opened + timedelta(days=14)
        responded = opened + timedelta(days=5 + n % 12)
        done = min(responded + timedelta(days=n % 5), TODAY)
        exhausted = done if MATTERS[n % 5].startswith("complaint") and n % 20 == 4 else ""
        told = opened + timedelta(days=1)
        owner = person_ref(_owner(n, people))
        yield f"M{n:07d}", owner, MATTERS[n % 5], opened, told, respond_by, min(responded, TODAY), done, done, exhausted


def _contacts(contacts: int, matters: int, people: int) -> Iterator[Row]:
    chance = random.Random(SEED + 2)
    year = datetime(2025, 11, 1, 8, tzinfo=UTC)
    often = max(contacts // OFTEN, 1)
    for n in range(contacts):
        about = chance.randrange(matters) if matters and n % 5 else None
        about = 0 if n % often == 0 else about
        owner = person_ref(_owner(about, people) if about is not None else chance.randrange(people))
        at = year + timedelta(seconds=n * 31_000_000 // max(contacts, 1) + chance.randrange(30_000))
        yield (
            f"K{n:08d}",
            at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            owner,
            CHANNELS[n % 7],
            "out" if n % 6 == 0 else "in",
            n % 19 + 1,
            TEAMS[n % 5],
            "Y" if n % 97 == 0 else "N",
            "N" if n % 89 == 0 else "Y",
            "emergency_repair" if n % 120 == 0 else "",
            f"M{about:07d}" if about is not None else "",
            "Y" if n % 11 == 0 else "N",
            "N",
            "self",
        )
