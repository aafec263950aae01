"""Rule 14: everyone who was told is on the ledger, once, and their word is kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from evenhand.people.models import Person
from evenhand.policy.staff import SYSTEM
from evenhand.sharing import ledger
from evenhand.sharing.ledger import Recipient, Told
from evenhand.sharing.models import Disclosure, Followed, Recall
from evenhand.sharing.models.change import ChangeKind, ControlKind
from evenhand.sharing.models.disclosure import ConfirmedHow, How, RecipientKind

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
OPERATIVE = Recipient(RecipientKind.COLLEAGUE, "colleague:1", "Kofi Asante")
SCHEDULER = Recipient(RecipientKind.SYSTEM, "key:7", "Repairs scheduler")


@pytest.fixture
def marker(person: Callable[..., Person]) -> Told:
    return Told("EH-AAAA-2222", "M1", ControlKind.MARKER, person=person().pk)


def told(marker: Told, to: Recipient = OPERATIVE, at: datetime = AT, how: How = How.CHECK) -> Disclosure:
    ledger.disclose(to, [marker], how, at, why="A visit")
    return Disclosure.objects.get(to_kind=to.kind, to_id=to.id, control=marker.control)


def changed(marker: Told, to: Disclosure, version: int, what: ChangeKind = ChangeKind.CHANGED) -> Recall:
    Followed.objects.update_or_create(case=marker.case, control="M1", kind="marker", defaults={"version": version})
    return Recall.objects.create(disclosure=to, what=what, version=version, at=AT + timedelta(hours=1))


def test_asking_about_somebody_with_nothing_held_writes_nothing(django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        ledger.disclose(OPERATIVE, [], How.CHECK, AT)


@pytest.mark.parametrize("how", How)
def test_nobody_is_told_without_a_reason_why(marker: Told, how: How) -> None:
    ledger.disclose(OPERATIVE, [marker], how, AT, why="  ")
    assert Disclosure.objects.get().why == how.purpose


def test_many_markers_told_to_many_are_one_statement(marker: Told, django_assert_num_queries: Callable) -> None:
    pairs = [
        (Recipient(RecipientKind.VISITOR, f"v{n}", f"V {n}"), Told(marker.case, f"M{m}", marker.kind, marker.person))
        for n in range(20)
        for m in range(5)
    ]
    with django_assert_num_queries(1):
        ledger.disclose_each(pairs, How.VISITS, AT)
    assert Disclosure.objects.count() == 100


def test_the_ledger_says_who_what_why_how_and_when(marker: Told) -> None:
    row = told(marker)
    assert (row.to_name, row.case, row.control, row.why, row.how) == (
        "Kofi Asante", "EH-AAAA-2222", "M1", "A visit", How.CHECK,
    )  # fmt: skip
    assert (row.first_at, row.last_at, row.version, row.person_id) == (AT, AT, 1, marker.person)


def test_one_told_again_is_on_it_once_with_the_first_and_the_last_time(marker: Told) -> None:
    told(marker)
    row = told(marker, at=AT + timedelta(days=1), how=How.VISITS)
    assert (row.first_at, row.last_at, row.how) == (AT, AT + timedelta(days=1), How.VISITS)
    assert Disclosure.objects.count() == 1


def test_told_again_within_a_minute_nothing_is_written(marker: Told) -> None:
    told(marker)
    assert told(marker, at=AT + timedelta(seconds=20), how=How.API).how == How.CHECK


def test_told_twice_in_one_answer_is_on_it_once(marker: Told) -> None:
    ledger.disclose(OPERATIVE, [marker, marker], How.CHECK, AT)
    assert Disclosure.objects.count() == 1


def test_the_version_told_is_the_one_last_followed(marker: Told) -> None:
    Followed.objects.create(case=marker.case, control="M1", kind="marker", version=3)
    assert told(marker).version == 3


def test_two_recipients_with_one_id_of_different_kinds_are_two(marker: Told) -> None:
    told(marker)
    told(marker, to=Recipient(RecipientKind.VISITOR, OPERATIVE.id, "Somebody else"))
    assert Disclosure.objects.count() == 2


def test_whoever_is_told_again_after_a_change_has_nothing_left_to_confirm(marker: Told) -> None:
    news = changed(marker, told(marker), 2)
    told(marker, at=AT + timedelta(seconds=5))
    news.refresh_from_db()
    assert news.confirmed_how == ConfirmedHow.TOLD_AGAIN
    assert news.confirmed_at == AT + timedelta(seconds=5)


def test_telling_one_again_settles_nothing_for_another(marker: Told) -> None:
    told(marker)
    news = changed(marker, told(marker, to=SCHEDULER), 2)
    told(marker, at=AT + timedelta(hours=2))
    news.refresh_from_db()
    assert news.confirmed_at is None


def test_an_end_is_never_confirmed_by_being_told_again(marker: Told) -> None:
    news = changed(marker, told(marker), 2, ChangeKind.ENDED)
    told(marker, at=AT + timedelta(hours=2))
    news.refresh_from_db()
    assert news.confirmed_at is None


def test_a_system_confirms_and_its_word_is_kept(marker: Told) -> None:
    news = changed(marker, told(marker, to=SCHEDULER), 1, ChangeKind.WITHDRAWN)
    at = AT + timedelta(hours=3)
    word = {"by": "key:7", "how": ConfirmedHow.API}
    assert ledger.confirm(SCHEDULER, marker.case, "M1", at, **word, note=" removed  it ") == 1
    news.refresh_from_db()
    assert (news.confirmed_at, news.confirmed_by, news.confirmed_how, news.note) == (
        at, "key:7", ConfirmedHow.API, "removed it",
    )  # fmt: skip
    assert ledger.confirm(SCHEDULER, marker.case, "M1", at + timedelta(days=1), **word) == 0
    news.refresh_from_db()
    assert news.confirmed_at == at


def test_nobody_confirms_for_another_recipient(marker: Told) -> None:
    changed(marker, told(marker), 1, ChangeKind.ENDED)
    assert ledger.confirm(SCHEDULER, marker.case, "M1", AT, by="key:7", how=ConfirmedHow.API) == 0
    assert ledger.unconfirmed(OPERATIVE).count() == 1


def test_one_piece_of_news_is_confirmed_by_telephone(marker: Told) -> None:
    news = changed(marker, told(marker, to=SCHEDULER), 1, ChangeKind.ENDED)
    other = changed(marker, told(marker), 1, ChangeKind.ENDED)
    done = ledger.confirm_these([news.pk], AT, by=SYSTEM, how=ConfirmedHow.TELEPHONE, note="Spoke to Ms Oyelaran.")
    assert done == 1
    other.refresh_from_db()
    assert other.confirmed_at is None
