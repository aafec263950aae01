"""Rule 22: what is sealed does not exist for those not named. Whatever happens, no byte they can fetch betrays it.

The same acts are lived through twice, with sealed matters beside and without; everything that outsiders can fetch
afterwards is held equal: pages, counts, references, cursors, files, refusals, emails, jobs, what machines are told.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from evenhand.people.models import Home, Person, Tenancy, TenancyPerson
from evenhand.people.text import name_to_search
from evenhand.sharing.models.key import Scope
from tests.api.asking import neighbour
from tests.api.calling import Keyring
from tests.security.crawl import differences
from tests.security.twin_acts import STORY, steps
from tests.security.twin_stream import stream
from tests.security.twins import OUTSIDERS, Act, Twins
from tests.web.stories import START, Cast

pytestmark = pytest.mark.django_db
WORLDS = int(os.environ.get("EVENHAND_WORLDS", "2"))
"""How many worlds are lived twice, with every page fetched; and there are twice as many long streams of acts."""
LENGTH = 510
"""Acts of a stream that outsiders may know of: two thousand and forty, each lived twice, in the four of two worlds."""
ROWS = 10
"""Rows of a page of theirs: there are many more, so that each list goes on, and its last page is soon reached."""


@pytest.fixture
def twins(
    cast: Cast, tenant: Person, home: Home, landlord: object, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> Twins:
    system = keys.system(*Scope, calls_a_minute=6_000)
    return Twins(cast, (tenant, neighbour(home)), home, system, monkeypatch)


@pytest.fixture
def crowd(tenant: Person, home: Home) -> tuple[Person, ...]:
    """Six customers of one home, so that there is always a case to go on with, and lists are long."""
    tenancy = Tenancy.objects.get(home=home)
    found = [tenant]
    for number, name in enumerate(("Moor", "Fell", "Beck", "Dale", "Gill")):
        email = f"al.{name.lower()}@example.com"
        person = Person.objects.create(
            source="housing",
            ref=f"C{number}",
            title="Ms",
            forename="Al",
            surname=name,
            date_of_birth=START.replace(year=1980),
            email=email,
            emails=[email],
            search_name=name_to_search("Al", name),
        )
        TenancyPerson.objects.create(tenancy=tenancy, person=person, role="tenant", started_on=tenancy.started_on)
        found.append(person)
    return tuple(found)


@pytest.mark.parametrize("seed", range(2 * WORLDS))
def test_a_long_stream_of_acts_is_the_same_with_sealed_matters_beside(
    seed: int,
    cast: Cast,
    crowd: tuple[Person, ...],
    home: Home,
    landlord: object,
    keys: Keyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is refused and in which words, what is written and how it is chained, and every list to its last page."""
    system = keys.system(*Scope, calls_a_minute=6_000)
    twins = Twins(cast, crowd, home, system, monkeypatch, page=ROWS)
    outsiders = ["other_manager", OUTSIDERS[1 + seed % (len(OUTSIDERS) - 1)]]
    beside, references = twins.live(stream(seed, LENGTH, sealed=True), outsiders, lists_alone=True)
    without, _ = twins.live(stream(seed, LENGTH, sealed=False), outsiders, references, lists_alone=True)
    assert len(references) >= 10 and len(beside.heard) == LENGTH
    assert sum(not words.startswith("Refused") for words in beside.heard) > LENGTH // 3, "Hardly anything was done."
    assert sum("after=" in address for address in beside.pages) > 20, "No list was long enough to go on."
    assert beside.heard == without.heard
    assert set(beside.rows) ^ set(without.rows) == set() and len(beside.rows) == len(without.rows)
    assert differences(beside.pages, without.pages) == []
    assert (beside.mails, beside.jobs) == (without.mails, without.jobs)


def test_a_world_lived_twice_is_the_same_to_the_last_byte(twins: Twins) -> None:
    """Else what follows would find differences that have nothing to do with what is sealed."""
    acts = steps(STORY, sealed=False)
    (one, _), (other, _) = (twins.live(acts, ["protection"], []) for _ in range(2))
    assert differences(one.pages, other.pages) == [] and one == other
    assert sum(words.startswith("Done") for words in one.heard) > 10


# What differs says where by itself: looking for the smallest world in which it does would take many minutes.
@settings(
    max_examples=WORLDS, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(
    story=st.permutations(STORY),
    who=st.sampled_from([each for each in OUTSIDERS if each != "protection"]),
)
def test_nothing_an_outsider_can_fetch_tells_of_a_sealed_matter(twins: Twins, story: list[Act | str], who: str) -> None:
    """The first world has everything in its order; each further one has it in an order of its own."""
    begun, outsiders = [STORY[0], STORY[1], *story], [who, "protection"]
    beside, references = twins.live(steps(begun, sealed=True), outsiders)
    without, _ = twins.live(steps(begun, sealed=False), outsiders, references)
    assert references, "No matter was sealed."
    assert any("at last /looks/?after=2" in address for address in beside.pages), "The log of looks was empty."
    assert differences(beside.pages, without.pages) == []
    assert beside.heard == without.heard
    assert (beside.mails, beside.jobs) == (without.mails, without.jobs)
