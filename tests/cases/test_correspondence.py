"""A letter's facts can be kept as JSON, and the letter set again to the same bytes."""

import json

import pytest

from evenhand.cases.correspondence_json import from_dict, to_dict
from evenhand.cases.letter_kind import Kind
from evenhand.cases.sample_letters import sample
from evenhand.cases.typesetting import typeset


@pytest.mark.parametrize("kind", Kind)
def test_kept_facts_come_back_as_they_were(kind):
    kept = json.dumps(to_dict(sample(kind)))
    assert from_dict(json.loads(kept)) == sample(kind)


def test_a_letter_kept_without_a_newer_fact_still_reads():
    kept = to_dict(sample(Kind.LIMITS))
    del kept["keep_until"], kept["limits"]["closed"]
    assert from_dict(kept).limits.closed == ()


def test_a_fact_that_no_letter_has_is_refused():
    with pytest.raises(TypeError, match="Limits has no collour"):
        from_dict({**to_dict(sample(Kind.LIMITS)), "limits": {"collour": "red"}})


def test_a_letter_set_again_from_kept_facts_is_the_same_to_the_byte():
    again = from_dict(json.loads(json.dumps(to_dict(sample(Kind.MARKER)))))
    assert typeset(Kind.MARKER, "easy_read", again) == typeset(Kind.MARKER, "easy_read", sample(Kind.MARKER))
