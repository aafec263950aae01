"""Rule 22, C2: how often, worth a look and our own failures betray no sealed matter either."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from evenhand.people.models import Home, Person
from evenhand.sharing.models.key import Scope
from evenhand.web import way
from tests.api.asking import neighbour
from tests.api.calling import Keyring
from tests.security.crawl import Fetched, differences, everything
from tests.security.twin_acts import SEALED, Act
from tests.security.twins import Seen, Twins, World
from tests.web.demand_log import forty_others, rang_daily
from tests.web.stories import Cast

pytestmark = pytest.mark.django_db
WHO = ("other_manager", "investigator", "director")
PLACES = ("worth-a-look", "how-often", "put-right")
TAKEN = {"account": "She rang every day.", "put_right": "The boiler, on 3 March.", "help_offered": "One to ring."}


class DemandTwins(Twins):
    """Looks at what is measured, from the list of what is worth a look and from the case, as far as links lead."""

    def _lists(self, world: World, who: Any, probes: list[str]) -> Seen:
        pages: dict[str, Fetched] = {}
        roots = [reverse("demand"), reverse("own_failure"), reverse("own_failure.list")]
        roots += [way.to_case(world.stories[0].reference), reverse("case-how-often", args=[world.stories[0].reference])]
        for outsider in who:
            for place in PLACES:
                found = everything(world.browser(outsider), roots, only=place)
                pages |= {f"{outsider} {address}": page for address, page in found.items()}
        for name in default_storage.listdir("exhibits")[1]:
            default_storage.delete(f"exhibits/{name}")  # files are not undone with the world, and a name that is taken
        return Seen(pages, tuple(world.heard), (), ())  # has another one drawn


def rang(world: World) -> object:
    forty_others()
    return rang_daily(world.people[0]).ref


def reported(world: World) -> object:
    story = world.stories[0]
    return story.report().triage().reference


def taken(world: World) -> object:
    """The manager takes the suggestion to the case that is open."""
    told = {**TAKEN, "into": world.stories[0].reference, "token": "once"}
    address = reverse("demand.take", args=[way.PEOPLE.sign(str(world.people[0].pk))])
    return world.browser("manager").post(address, told).status_code


STORY: tuple[Act | str, ...] = (
    rang, reported, "legal", "said", "approved", taken, "welfare", "given", "noted", "read",
)  # fmt: skip


def test_how_often_worth_a_look_and_our_own_failures_are_the_same_with_sealed_matters_beside(
    cast: Cast, tenant: Person, home: Home, landlord: object, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = keys.system(*Scope, calls_a_minute=6_000)
    twins = DemandTwins(cast, (tenant, neighbour(home)), home, system, monkeypatch)
    acts = [(isinstance(each, str), SEALED[each] if isinstance(each, str) else each) for each in STORY]
    beside, references = twins.live(acts, WHO, lists_alone=True)
    without, _ = twins.live([each for each in acts if not each[0]], WHO, references, lists_alone=True)
    assert len(references) == 3 and beside.heard[-1] == "302", (references, beside.heard)
    assert sum("how-often" in address for address in beside.pages) > 30
    assert any("our-own-failures/" in address for address in beside.pages)
    assert differences(beside.pages, without.pages) == [] and beside.heard == without.heard
