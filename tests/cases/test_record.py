"""What the record promises: one door, all or nothing, nobody's words lost, nothing changed afterwards."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from evenhand.cases import chain, log, models, record
from evenhand.cases.record import Ask, Moment
from evenhand.people.models import Person
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import Injury, Triage
from evenhand.policy.refusal import Refused
from evenhand.policy.staff import Actor, Role
from evenhand.policy.verbs import VERBS

pytestmark = pytest.mark.django_db

MOMENT = Moment(datetime(2026, 3, 2, 10, tzinfo=UTC), date(2026, 3, 2))
ANN = Actor("colleague:ann", frozenset({Role.COLLEAGUE, Role.INVESTIGATOR}))
MEG = Actor("colleague:meg", frozenset({Role.COLLEAGUE, Role.MANAGER}))


def ask(by: Actor = ANN, **more: object) -> Ask:
    return Ask(by, MOMENT, **more)


@pytest.fixture
def person() -> Person:
    return Person.objects.create(source="test", ref="P1", forename="Jo", surname="Bell", date_of_birth=date(1980, 1, 1))


@pytest.fixture
def reference(person: Person) -> str:
    return report(person)


def report(person: Person | None, harmed: object = (), **more: object) -> str:
    answers = {"conducts": (Conduct.SHOUTING,), "account": "Shouted at the desk.", "happened_on": MOMENT.day}
    answers["harmed"] = harmed
    who = {"person": str(person.pk)} if person else {}
    done = record.open_case(ask(**more), VERBS["incident.report"], about_person=person, **answers, **who)
    return done.reference


def triage(reference: str, **more: object) -> record.Done:
    return record.act_on(reference, ask(**more), VERBS["incident.triage"], outcome=Triage.NEW_CASE)


def test_a_report_opens_a_case_whose_log_its_summary_and_its_tasks_agree(reference: str) -> None:
    row = models.Case.objects.get(reference=reference)
    assert [e.event.__class__.__name__ for e in log.entries_of(row)] == ["IncidentReported", "PersonIdentified"]
    assert (row.untriaged, row.reporters, row.last_number) == (True, [ANN.id], 2)
    assert [t.what for t in row.tasks.all()] == ["Triage the report"]
    assert chain.stale_in(row) == []


def test_a_refused_act_writes_nothing(reference: str) -> None:
    before = models.Event.objects.count()
    with pytest.raises(Refused):
        record.act_on(reference, ask(), VERBS["handling.close"], outcome="x", reasons="")
    assert models.Event.objects.count() == before
    assert not models.FormToken.objects.exists()


def test_a_repeated_form_gives_the_first_result(reference: str) -> None:
    first = triage(reference, token="once")
    again = triage(reference, token="once")
    assert not first.repeated and again.repeated and again.reference == reference
    assert models.Event.objects.filter(kind="IncidentTriaged").count() == 1


def test_a_form_is_forgotten_when_nobody_will_send_it_again(reference: str) -> None:
    triage(reference, token="once")
    assert record.forget_forms(MOMENT.at) == 0
    assert record.forget_forms(MOMENT.at + timedelta(days=31)) == 1


def test_a_token_is_nobody_elses(reference: str) -> None:
    triage(reference, token="mine")
    with pytest.raises(record.NoSuchCase):
        record.act_on(reference, Ask(MEG, MOMENT, token="mine"), VERBS["handling.reopen"], reasons="x")


def test_a_form_shown_before_someone_else_acted_writes_nothing_and_says_what_changed(reference: str) -> None:
    seen = models.Case.objects.get(reference=reference).last_by_person
    triage(reference)
    with pytest.raises(record.Stale) as stale:
        record.act_on(reference, ask(seen=seen), VERBS["investigation.open"], investigator=ANN.id)
    assert [type(e.event).__name__ for e in stale.value.news] == ["IncidentTriaged"]


def test_the_log_cannot_be_changed_by_the_application(reference: str) -> None:
    for harm in (
        lambda: models.Event.objects.update(by="x"),
        lambda: models.Event.objects.all().delete(),
        lambda: models.Facts.objects.update(said="{}"),
        lambda: models.Facts.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            harm()


def test_not_even_the_owner_changes_an_event_by_mistake(reference: str, as_owner) -> None:
    with as_owner(), pytest.raises(DatabaseError), transaction.atomic():
        models.Event.objects.update(by="x")


def test_verify_finds_an_event_that_was_changed_behind_the_triggers(reference: str, as_owner) -> None:
    call_command("verify")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_event SET by = 'colleague:mallory' WHERE number = 1")
        cursor.execute("ALTER TABLE cases_event ENABLE TRIGGER USER")
    with pytest.raises(CommandError, match="1 faults"):
        call_command("verify")


def test_verify_finds_facts_that_were_rewritten(reference: str, as_owner) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_facts DISABLE TRIGGER USER")
        cursor.execute("UPDATE cases_facts SET said = replace(said, 'Shouted', 'Whispered')")
        cursor.execute("ALTER TABLE cases_facts ENABLE TRIGGER USER")
    with pytest.raises(CommandError):
        call_command("verify")


def test_rebuild_makes_a_lost_summary_again(reference: str) -> None:
    models.Task.objects.all().delete()
    models.Case.objects.update(untriaged=False)
    with pytest.raises(CommandError, match="2 summaries"):
        call_command("rebuild", check=True)
    call_command("rebuild")
    call_command("rebuild", check=True)


def test_a_report_that_joins_a_case_is_in_both_logs(person: Person, reference: str) -> None:
    triage(reference)
    second = report(person)
    done = record.join(second, reference, ask(), reason="The same week.")
    assert done.reference == reference
    joined = log.case_of(log.entries_of(models.Case.objects.get(reference=reference)))
    assert [i.id for i in joined.incident.in_case] == ["I1", "I2"]
    assert models.Case.objects.get(reference=second).closed


@pytest.mark.django_db(transaction=True)
def test_two_answers_to_one_form_at_once_give_one_result() -> None:
    person = Person.objects.create(source="t", ref="1", forename="Jo", surname="Bell")
    reference = report(person)
    results: list[record.Done] = []

    def answer() -> None:
        try:
            results.append(triage(reference, token="double"))
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done.repeated for done in results) == [False, True, True, True]
    assert models.Event.objects.filter(kind="IncidentTriaged").count() == 1


def test_a_report_about_somebody_else_joins_no_case(reference: str) -> None:
    triage(reference)
    other = Person.objects.create(source="test", ref="P2", forename="Al", surname="Reed")
    with pytest.raises(Refused, match="about somebody else"):
        record.join(report(other), reference, ask(), reason="The same week.")


def test_a_link_is_written_in_both_cases_and_whoever_was_affected_in_one_decides_in_neither(
    person: Person, reference: str
) -> None:
    other = Person.objects.create(source="test", ref="P2", forename="Al", surname="Reed")
    harmed = report(other, harmed=((MEG.id, "Meg", Injury.UPSET),))
    triage(reference)
    record.act_on(reference, ask(), VERBS["handling.link"], other=harmed, reason="The same evening.")
    linked = [log.case_of(log.entries_of(row)).handling.linked for row in models.Case.objects.order_by("pk")]
    assert linked == [{harmed}, {reference}]
    with pytest.raises(Refused, match="You were affected"):
        record.act_on(reference, ask(MEG), VERBS["investigation.open"], investigator="colleague:ann")


def test_a_case_cannot_be_linked_to_a_sealed_matter_and_so_tell_of_it(person: Person, reference: str) -> None:
    allegation = {"about": reference, "named": (MEG.id,), "words": "She swore.", "name": "Ann"}
    matter = record.open_case(ask(), VERBS["counter_allegation.record"], about_person=person, **allegation)
    with pytest.raises(Refused, match="no case with that reference"):
        record.act_on(reference, ask(), VERBS["handling.link"], other=matter.reference, reason="x")
    assert not models.Event.objects.filter(kind="CaseLinked").exists()
