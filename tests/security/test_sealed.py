"""Rule 22: what is sealed does not exist for those not named. Whatever happens, no byte they can fetch betrays it.

The same acts are lived through twice, with sealed matters beside and without; everything that outsiders can fetch
afterwards is held equal: pages, counts, references, cursors, files, refusals, emails, jobs, what machines are told.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from evenhand.people.models import Home, Person
from evenhand.sharing.models.key import Scope
from tests.api.asking import neighbour
from tests.api.calling import Keyring
from tests.security.crawl import differences
from tests.security.twin_acts import STORY, steps
from tests.security.twins import OUTSIDERS, Act, Twins
from tests.web.stories import Cast

pytestmark = pytest.mark.django_db
WORLDS = int(os.environ.get("EVENHAND_WORLDS", "2"))
"""How many worlds are lived twice. A hundred take some ten minutes."""


@pytest.fixture
def twins(
    cast: Cast, tenant: Person, home: Home, landlord: object, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> Twins:
    system = keys.system(*Scope, calls_a_minute=6_000)
    return Twins(cast, (tenant, neighbour(home)), home, system, monkeypatch)


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
