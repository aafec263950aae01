"""Keys for other systems, made and ended by administrators."""

from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.people import changes, colleague
from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import Role
from evenhand.sharing import admission, key
from evenhand.sharing.models.key import Audience, Key, KeySecret, Scope

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 3, 10, tzinfo=UTC)
DAY = date(2026, 12, 3)
ASKED = {"name": "Telephones", "owner": "Digital team", "audience": Audience.COLLEAGUES, "scopes": [Scope.CHECK]}


@pytest.fixture
def adam(db: None) -> User:
    return colleague.join("adam@example.org", "Adam", "Kaye", [Role.COLLEAGUE, Role.ADMINISTRATOR])


def admitted(secret: str, at: datetime = AT) -> bool:
    caller = admission.admit(secret, at, at.date())
    return caller is not None and not caller.revoked and not caller.expired


def test_a_secret_is_random_recognisable_and_kept_as_a_digest_alone(adam: User) -> None:
    made, secret = key.make(adam, AT, **ASKED)
    _, other = key.make(adam, AT, **(ASKED | {"name": "Repairs"}))
    assert secret.startswith("eh_live_") and len(secret) >= len("eh_live_") + 43
    assert secret != other
    kept = KeySecret.objects.get(key=made)
    assert bytes(kept.digest) == key.digest_of(secret)
    assert len(bytes(kept.digest)) == 32
    for row in (*Key.objects.values(), *KeySecret.objects.values(), *changes.of_setting_up().values()):
        assert secret[8:] not in repr(row)


def test_only_an_administrator_makes_changes_rotates_and_revokes_keys(adam: User) -> None:
    priya = colleague.join("priya@example.org", "Priya", "Nair", [Role.COLLEAGUE, Role.DIRECTOR])
    made, _ = key.make(adam, AT, **ASKED)
    with pytest.raises(NotDone, match="administrator"):
        key.make(priya, AT, **ASKED)
    with pytest.raises(NotDone, match="administrator"):
        key.rotate(made, priya, AT, overlap_days=7)
    with pytest.raises(NotDone, match="administrator"):
        key.revoke(made, priya, AT, why="No longer used")
    with pytest.raises(NotDone, match="administrator"):
        key.change(made, priya, AT, name="x", owner="y", calls_a_minute=1, people_a_day=1, expires_on=None)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": "  "}, "which system"),
        ({"owner": ""}, "who answers"),
        ({"scopes": []}, "at least one"),
        ({"audience": Audience.CONTRACTOR, "scopes": [Scope.CHECK, Scope.MARKERS_READ]}, "only check"),
        ({"calls_a_minute": 0}, "from 1 to 6,000"),
        ({"calls_a_minute": 6_001}, "from 1 to 6,000"),
        ({"people_a_day": 100_001}, "from 1 to 100,000"),
        ({"expires_on": date(2026, 12, 2)}, "has passed"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused_with_words(adam: User, wrong: dict[str, object], words: str) -> None:
    with pytest.raises(NotDone, match=words):
        key.make(adam, AT, **(ASKED | wrong))
    assert not Key.objects.exists()


def test_both_secrets_work_while_one_is_changed_and_then_only_the_new(adam: User) -> None:
    made, old = key.make(adam, AT, **ASKED)
    new = key.rotate(made, adam, AT, overlap_days=7)
    assert admitted(old) and admitted(new)
    after = AT + timedelta(days=7)
    assert not admitted(old, after)
    assert admitted(new, after)


def test_a_secret_that_escaped_is_ended_at_once_by_rotating_without_overlap(adam: User) -> None:
    made, old = key.make(adam, AT, **ASKED)
    key.rotate(made, adam, AT, overlap_days=30)
    new = key.rotate(made, adam, AT, overlap_days=0)
    assert not admitted(old)
    assert admitted(new)


def test_a_form_sent_twice_makes_one_new_secret(adam: User) -> None:
    made, _ = key.make(adam, AT, **ASKED)
    seen = made.secrets.get().pk
    key.rotate(made, adam, AT, overlap_days=7, newest=seen)
    with pytest.raises(NotDone, match="meanwhile"):
        key.rotate(made, adam, AT, overlap_days=7, newest=seen)
    assert made.secrets.count() == 2


def test_two_keys_that_work_cannot_have_one_name(adam: User) -> None:
    made, _ = key.make(adam, AT, **ASKED)
    with pytest.raises(NotDone, match="already a key called TELEPHONES"):
        key.make(adam, AT, **(ASKED | {"name": "TELEPHONES "}))
    key.revoke(made, adam, AT, why="Replaced")
    key.make(adam, AT, **ASKED)


def test_an_overlap_nobody_offers_is_refused(adam: User) -> None:
    made, old = key.make(adam, AT, **ASKED)
    with pytest.raises(NotDone, match="0, 1, 7 or 30 days"):
        key.rotate(made, adam, AT, overlap_days=365)
    assert admitted(old)


def test_a_revoked_key_opens_nothing_and_cannot_be_rotated(adam: User) -> None:
    made, secret = key.make(adam, AT, **ASKED)
    with pytest.raises(NotDone, match="Say why"):
        key.revoke(made, adam, AT, why=" ")
    key.revoke(made, adam, AT, why="The contract ended")
    assert not admitted(secret)
    with pytest.raises(NotDone, match="revoked"):
        key.rotate(made, adam, AT, overlap_days=0)


def test_a_key_works_on_its_last_day_and_not_after(adam: User) -> None:
    made, secret = key.make(adam, AT, **ASKED, expires_on=DAY)
    assert admitted(secret)
    assert not admitted(secret, AT + timedelta(days=1))
    assert made.works_on(DAY) and not made.works_on(DAY + timedelta(days=1))


def test_what_was_done_with_a_key_stands_in_the_trail(adam: User) -> None:
    made, _ = key.make(adam, AT, **ASKED)
    key.change(made, adam, AT, name="Telephones", owner="Contact centre", calls_a_minute=60, people_a_day=2000,
               expires_on=None)  # fmt: skip
    key.rotate(made, adam, AT, overlap_days=1)
    key.revoke(made, adam, AT, why="Replaced")
    told = " ".join(change.words for change in changes.of_setting_up())
    for words in ("Made as Telephones for Digital team", "Who answers for it: was Digital team, now Contact centre",
                  "Calls a minute: was 600, now 60", "A new secret was made", "Revoked: Replaced"):  # fmt: skip
        assert words in told


def test_the_day_a_key_was_last_used_is_kept(adam: User) -> None:
    made, secret = key.make(adam, AT, **ASKED)
    admission.admit(secret, AT, DAY)
    made.refresh_from_db()
    assert made.last_used_on == DAY


def test_calls_are_counted_by_the_minute(adam: User) -> None:
    made, secret = key.make(adam, AT, **ASKED, calls_a_minute=2)
    found = [admission.admit(secret, AT, DAY) for _ in range(3)]
    assert [caller.calls for caller in found if caller] == [1, 2, 3]
    assert [caller.calls_too_often for caller in found if caller] == [False, False, True]
    later = admission.admit(secret, AT + timedelta(minutes=1), DAY)
    assert later is not None and later.calls == 1


def test_a_key_that_opens_nothing_is_not_counted(adam: User) -> None:
    made, secret = key.make(adam, AT, **ASKED)
    key.revoke(made, adam, AT, why="Replaced")
    admission.admit(secret, AT, DAY)
    caller = admission.admit(secret, AT, DAY)
    assert caller is not None and caller.revoked and caller.calls == 0


def test_the_limit_of_people_a_day_is_exact(adam: User) -> None:
    _, secret = key.make(adam, AT, **ASKED, people_a_day=3)

    def ask(*people: int, at: datetime = AT) -> bool:
        caller = admission.admit(secret, at, at.date())
        assert caller is not None
        return admission.ask_about(caller, people)

    assert ask(1) and ask(2) and ask(1) and ask(3)
    assert not ask(4)
    assert ask(2), "those asked about before today are still answered"
    assert not ask(3, 4), "a call about several is within it whole or not at all"
    assert ask(4, at=AT + timedelta(days=1))
    assert admission.people_asked(DAY) == {Key.objects.get().pk: 3}


def test_a_call_about_thousands_counts_within_the_same_minute(adam: User) -> None:
    _, secret = key.make(adam, AT, **ASKED, people_a_day=1_000)

    def ask(people: range) -> bool:
        caller = admission.admit(secret, AT, DAY)
        assert caller is not None
        return admission.ask_about(caller, people)

    assert ask(range(990))
    assert not ask(range(990, 1_990))
    assert ask(range(990, 1_000))
    assert not ask(range(1_000, 1_001))


def test_counts_are_forgotten_when_nobody_needs_them(adam: User) -> None:
    _, secret = key.make(adam, AT, **ASKED, people_a_day=1)
    caller = admission.admit(secret, AT, DAY)
    assert caller is not None and admission.ask_about(caller, [1])
    admission.forget_counts(AT, DAY)
    assert admission.people_asked(DAY)
    later = AT + timedelta(days=40)
    admission.forget_counts(later, later.date())
    assert not admission.people_asked(DAY)
