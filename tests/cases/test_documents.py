"""What is generated from the code is fresh, and says what the code says."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evenhand.cases import case_table, letter_table
from evenhand.cases.management.commands.documents import CHECKOUT
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.statement import ALWAYS, OF


def test_the_table_of_letters_is_fresh() -> None:
    assert (CHECKOUT / "docs" / "letters.md").read_text() == letter_table.written()


def test_the_table_of_verbs_and_events_is_fresh() -> None:
    assert (CHECKOUT / "docs" / "case.md").read_text() == case_table.written()


def test_every_letter_has_an_event_that_calls_for_it() -> None:
    assert {kind for (_, kind), _ in letter_table.calls()} == set(LetterKind)


def test_every_statement_has_words_in_the_table() -> None:
    assert ALWAYS.union(*OF.values()) <= letter_table.SAYS.keys()


def test_what_is_adverse_and_what_may_be_appealed_is_read_from_the_policy() -> None:
    found = dict(letter_table.calls())
    assert found["FindingMade", LetterKind.FINDING] == (True, True)
    assert found["FindingMade", LetterKind.NO_ACTION] == (False, False)
    assert found["AppealDecided", LetterKind.APPEAL_OUTCOME] == (True, False)


def test_a_stale_document_fails_the_check_and_is_written_again(tmp_path: Path) -> None:
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    (tmp_path / "tests").mkdir()
    with pytest.raises(CommandError, match="docs/letters.md is stale"):
        call_command("documents", check=True, folder=tmp_path)
    assert not (tmp_path / "docs").exists()
    call_command("documents", folder=tmp_path)
    assert (tmp_path / "docs" / "letters.md").read_text() == letter_table.written()


def test_outside_a_checkout_there_is_nothing_to_describe(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="in a checkout"):
        call_command("documents", folder=tmp_path)
