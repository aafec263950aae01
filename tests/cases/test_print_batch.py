"""Letters for the post are printed in one go, each on sheets of its own, with a list to check the envelopes against."""

import hashlib
import io

import pikepdf
import pytest

from evenhand.cases import print_batch
from evenhand.cases.letter_kind import Kind
from evenhand.cases.sample_letters import sample
from evenhand.cases.typesetting import typeset


@pytest.fixture(scope="module")
def letters() -> list[tuple[str, bytes]]:
    return [(f"letter {kind.value}", typeset(kind, "standard", sample(kind))) for kind in (Kind.LIMITS, Kind.NO_ACTION)]


def test_each_letter_starts_on_a_sheet_of_its_own(letters):
    batch = print_batch.merge(letters)
    pages = [len(pikepdf.open(io.BytesIO(pdf)).pages) for _, pdf in letters]
    assert pages == [3, 2]
    assert [(each.first_page, each.pages, each.sheets) for each in batch.entries] == [(1, 3, 2), (5, 2, 1)]
    assert len(pikepdf.open(io.BytesIO(batch.pdf)).pages) == 6


def test_single_sided_needs_no_blank_pages(letters):
    batch = print_batch.merge(letters, double_sided=False)
    assert [(each.first_page, each.sheets) for each in batch.entries] == [(1, 3), (4, 2)]
    assert len(pikepdf.open(io.BytesIO(batch.pdf)).pages) == 5


def test_the_list_names_each_letter_and_its_digest(letters):
    lines = print_batch.merge(letters).manifest.splitlines()
    assert lines[0] == "letter,first page,pages,sheets,sha256"
    assert lines[2] == f"letter no_action,5,2,1,{hashlib.sha256(letters[1][1]).hexdigest()}"


def test_a_name_is_never_taken_for_a_formula(letters):
    assert "\n'=HYPERLINK" in print_batch.merge([("=HYPERLINK(1)", letters[0][1])]).manifest


def test_the_same_letters_give_the_same_batch(letters):
    assert print_batch.merge(letters) == print_batch.merge(letters)


def test_an_empty_batch_is_refused():
    with pytest.raises(ValueError, match="no letter"):
        print_batch.merge([])
