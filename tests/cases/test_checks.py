"""Whoever runs `evenhand check` after editing the letters is told what a customer would miss."""

import functools

from evenhand.cases import checks, letter_check


def test_letters_as_they_come_pass_the_check():
    assert checks.letters_say_what_they_must(None) == []
    assert checks.letters_can_be_set(None) == []


def test_an_edited_letter_without_the_way_to_complain_fails_the_check(own_letters, monkeypatch):
    text = (own_letters / "wording" / "marker.toml").read_text(encoding="utf-8")
    (own_letters / "wording" / "marker.toml").write_text(text.replace('use = "complain"', 'use = "contact"'))
    monkeypatch.setattr(letter_check, "problems", functools.partial(letter_check.problems, own_letters))
    told = [each.msg for each in checks.letters_say_what_they_must(None)]
    assert "marker, standard: the letter no longer says “complain”, which it must. Put it back." in told
    assert "marker, easy read: the letter no longer says “ombudsman”, which it must. Put it back." in told


def test_a_layout_that_cannot_be_set_fails_the_deeper_check(own_letters, monkeypatch):
    (own_letters / "large_print.typ").write_text("#broken")
    monkeypatch.setattr(letter_check, "problems", functools.partial(letter_check.problems, own_letters))
    assert checks.letters_say_what_they_must(None) == []
    told = [each.msg for each in checks.letters_can_be_set(None)]
    assert len(told) == 18 and all("large_print.typ cannot be set" in each for each in told)
