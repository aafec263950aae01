"""The invented landlord: loads without a fault, and belongs to nobody."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import evenhand
from evenhand.people.models import Home, Need, Person, RegisterImport

FOLDER = Path(evenhand.__file__).parent / "demo" / "register"


def test_the_invented_landlord_loads_without_a_fault(bring_in: Callable[..., RegisterImport]) -> None:
    record = bring_in(FOLDER)
    assert (record.state, record.rejected.count()) == ("done", 0)
    assert Home.objects.count() == 300
    assert Need.objects.exists()
    for name in ("Małgorzata Wójcik", "Siobhán O'Brien", "Cerys Pryce-Jones", "伟 王", "محمد العلي"):
        forename, surname = name.split(" ", 1)
        assert Person.objects.filter(forename=forename, surname=surname).exists()


def test_no_telephone_or_address_of_it_can_be_anyones() -> None:
    with (FOLDER / "people.csv").open(encoding="utf-8", newline="") as stream:
        people = list(csv.DictReader(stream))
    numbers = [re.sub(r"\D", "", row["phone"]).removeprefix("44").removeprefix("0") for row in people if row["phone"]]
    assert len(numbers) > 100
    assert all(number.startswith(("7700900", "1134960")) and len(number) == 10 for number in numbers)
    assert all(row["email"].endswith("@example.org") for row in people if row["email"])
