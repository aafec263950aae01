"""Every verb of the policy has the words of a link, and no two the same."""

from evenhand.doors.verb_words import WORDS
from evenhand.policy.verbs import VERBS


def test_every_verb_has_words_of_its_own() -> None:
    assert set(WORDS) == set(VERBS)
    assert len(set(WORDS.values())) == len(WORDS)
