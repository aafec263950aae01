"""Two records of one person are joined and parted; nothing of either is lost, and joining is never refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from evenhand.people import merging
from evenhand.people.known import picture
from evenhand.people.models import Merge, Need, Person, User
from evenhand.people.reading import identities, kept_record, needs
from evenhand.people.refusal import NotDone
from evenhand.policy.need import Need as NeedKind
from evenhand.policy.staff import Role
from evenhand.policy.terms import Terms

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 11, 20)
Make = Callable[..., Person]


@pytest.fixture
def join(works_here: Callable[..., User]) -> Callable[[Person, Person], Merge | None]:
    by = works_here()
    return lambda kept, merged: merging.merge(kept, merged, by, NOW, day=DAY, terms=Terms(), reason="Same birthday")


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_joined_records_are_one_person_whichever_is_asked(person: Make, join: Callable[..., Merge]) -> None:
    one, other = person(), person("D.", "Hartley")
    join(one, other)
    assert identities(one) == identities(other) == {one.pk, other.pk}
    assert kept_record(again(other)) == one


def test_needs_of_both_records_apply_once_joined(person: Make, join: Callable[..., Merge]) -> None:
    one, other = person(), person()
    Need.objects.create(person=one, kind=NeedKind.LARGE_PRINT, recorded_on=DAY)
    Need.objects.create(person=other, kind=NeedKind.DEAF, recorded_on=DAY)
    join(one, other)
    assert {need.kind for need in needs(one, DAY)} == {NeedKind.LARGE_PRINT, NeedKind.DEAF}
    assert picture(other, DAY).needs == {NeedKind.LARGE_PRINT, NeedKind.DEAF}


def test_a_manager_has_five_working_days_to_reconcile(person: Make, join: Callable[..., Merge]) -> None:
    assert join(person(), person()).reconcile_by == date(2026, 11, 27)


def test_joining_a_third_record_brings_everyone_together(person: Make, join: Callable[..., Merge]) -> None:
    a, b, c, d = person(), person(), person(), person()
    join(a, b)
    join(c, d)
    join(again(b), again(d))
    assert identities(d) == {a.pk, b.pk, c.pk, d.pk}
    assert kept_record(again(d)) == a


def test_joining_twice_or_with_oneself_changes_nothing(person: Make, join: Callable[..., Merge]) -> None:
    one, other = person(), person()
    join(one, other)
    assert join(again(other), again(one)) is None
    assert join(one, one) is None
    assert Merge.objects.count() == 1


def test_records_that_were_joined_can_be_parted_even_when_reconciled(
    person: Make, join: Callable[..., Merge], works_here: Callable[..., User]
) -> None:
    one, other, manager = person(), person(), works_here(Role.MANAGER)
    joined = merging.reconcile(join(one, other), manager, NOW, "The markers agree.")
    parted = merging.undo(joined, manager, NOW)
    assert parted.undone_at == NOW and parted.reconciled_at == NOW
    assert identities(one) == {one.pk} and identities(other) == {other.pk}
    assert merging.undo(parted, works_here(), datetime(2026, 12, 1, tzinfo=UTC)).undone_by == manager


def test_parting_leaves_the_other_joinings_alone(
    person: Make, join: Callable[..., Merge], works_here: Callable[..., User]
) -> None:
    a, b, c = person(), person(), person()
    first = join(a, b)
    join(a, c)
    merging.undo(first, works_here(), NOW)
    assert identities(a) == {a.pk, c.pk}


def test_parted_records_can_be_joined_again(
    person: Make, join: Callable[..., Merge], works_here: Callable[..., User]
) -> None:
    one, other = person(), person()
    merging.undo(join(one, other), works_here(), NOW)
    assert join(again(other), again(one)) is not None
    assert kept_record(again(one)) == other


def test_only_a_manager_reconciles_and_says_what_they_found(
    person: Make, join: Callable[..., Merge], works_here: Callable[..., User]
) -> None:
    joined = join(person(), person())
    with pytest.raises(NotDone, match="manager"):
        merging.reconcile(joined, works_here(Role.INVESTIGATOR), NOW, "Looked.")
    with pytest.raises(NotDone, match="what you found"):
        merging.reconcile(joined, works_here(Role.MANAGER), NOW, "  ")
    merging.undo(joined, works_here(), NOW)
    with pytest.raises(NotDone, match="parted"):
        merging.reconcile(joined, works_here(Role.MANAGER), NOW, "Looked.")


def test_reconciling_again_keeps_who_did_first(
    person: Make, join: Callable[..., Merge], works_here: Callable[..., User]
) -> None:
    manager = works_here(Role.MANAGER)
    joined = merging.reconcile(join(person(), person()), manager, NOW, "The limits of both apply.")
    assert merging.reconcile(joined, works_here(Role.DIRECTOR), NOW, "Other.").reconciled_by == manager
