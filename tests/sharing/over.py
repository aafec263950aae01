"""A case whose time is over, the two who agree that it goes, and how that is carried out."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from evenhand.cases import chain, disposal_list, models, record
from evenhand.cases.record import Ask
from evenhand.people.models import Look, User
from evenhand.people.models.look import LookKind
from evenhand.policy.staff import SYSTEM
from evenhand.policy.terms import months_after
from evenhand.policy.verbs import VERBS
from evenhand.sharing.models import Change, Disclosure, Followed, Recall
from tests.web.stories import START, Story

Owner = Callable[[], AbstractContextManager[None]]
WORDS = "She shouted abuse at the front door"
THEN = months_after(START, 25)


@pytest.fixture(autouse=True)
def outside(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DISPOSALS_FILE = tmp_path / "disposals.jsonl"
    settings.HEADS_FOLDER = tmp_path / "heads"
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    return tmp_path


@pytest.fixture
def over(story: Story, clock: Callable[..., None]) -> Story:
    """A case with a marker, a letter, a file, looks and somebody who was told: all over for two years."""
    story.mark().approve()
    row = models.Case.objects.get(reference=story.reference)
    stored_as = default_storage.save("exhibits/abc", ContentFile(b"a photograph"))
    models.Exhibit.objects.create(
        case=row, reference="e1", part="report", name="photo.jpg", content_type="image/jpeg", size=12, sha256="0" * 64,
        stored_as=stored_as, added_at=story.moment.at, added_by=story.cast.colleague.actor_id,
    )  # fmt: skip
    for kind, reference in ((LookKind.CASE, row.reference), (LookKind.LETTER, f"{row.reference}/T1")):
        Look.objects.create(at=story.moment.at, actor="colleague:x", kind=kind, reference=reference)
    told = {"case": row.reference, "control": "M1", "kind": "marker"}
    Followed.objects.create(**told, person=story.person, over=True)
    made = Disclosure.objects.create(
        **told, person=story.person, to_kind="contractor", to_id="Firm", to_name="Firm", why="A visit",
        how="tonight’s visits", first_at=story.moment.at, last_at=story.moment.at, version=1,
    )  # fmt: skip
    at = story.moment.at
    heard = {"confirmed_at": at, "confirmed_how": "in writing", "confirmed_by": "colleague:x"}
    Recall.objects.create(disclosure=made, what="ended", version=1, at=at, **heard)
    Change.objects.create(
        kind="ended", control_kind="marker", case=row.reference, control="M1", version=1, at=at, on=story.day
    )  # fmt: skip
    story.acts += 1
    record.act_on(row.reference, Ask(SYSTEM, story.moment), VERBS["handling.record_death"], died_on=story.day)
    clock(THEN)
    story.day = THEN
    return story


def agree(story: Story, by: User | None = None, second: User | None = None) -> models.DisposalList:
    (made,) = disposal_list.prepare(by or story.cast.protection, story.moment, [story.reference])
    disposal_list.approve(made.pk, second or story.cast.director, story.moment)
    return made


def dispose(as_owner: Owner) -> str:
    out = StringIO()
    with as_owner():
        call_command("dispose", stdout=out)
    return out.getvalue()


def verified() -> list[chain.Fault]:
    return [fault for row in chain.cases() for fault in (*chain.faults_in(row), *chain.stale_in(row))]
