"""C2: an objection goes in its time also if its customer died, and its answer also as it lies in a folder of emails."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from evenhand.cases import disposing, relied_on
from evenhand.cases.models import AnswerLetter
from evenhand.contacts.models import Objected
from evenhand.contacts.retention import kept_since
from evenhand.people.models import Person, User
from tests.cases.test_let_go_of_what_was_said import DAY, by, person, said_of

__all__ = ["by"]
pytestmark = pytest.mark.django_db


def test_the_email_of_an_answer_whose_time_is_over_goes_from_the_folder_of_emails_and_no_other(
    by: User, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = disposing.OUTBOX, str(tmp_path)
    first = kept_since(DAY)
    for ref, on in (("OLD", first - timedelta(days=1)), ("YOUNG", first)):
        said_of(person(ref), by, on)
        AnswerLetter.objects.filter(reference=f"AN-{ref}").update(message_id=f"<{ref}@example.org>")
        (tmp_path / ref).write_text(f"Message-ID: <{ref}@example.org>\n\nThe answer.")
    relied_on.forget_the_rest(DAY)
    assert [file.name for file in tmp_path.iterdir()] == ["YOUNG"]


def test_what_was_never_answered_goes_in_its_time_once_the_customer_died(by: User) -> None:
    first = kept_since(DAY)
    for ref, died_on in (("LONG DEAD", first - timedelta(days=1)), ("DEAD", first), ("ALIVE", None)):
        said_of(person(ref), by, first - timedelta(days=900), open_still=True)
        Person.objects.filter(ref=ref).update(died_on=died_on)
    relied_on.forget_the_rest(DAY)
    for kept in (
        Objected.objects.values_list("person__ref"),
        AnswerLetter.objects.values_list("objection__person__ref"),
    ):
        assert {ref for (ref,) in kept} == {"DEAD", "ALIVE"}
