"""Rules 2 and 11: a need rules out channels and suggests a format; it is never a marker."""

import pytest

from evenhand.policy.need import Channel, LetterFormat, Need, suggested_format, unsuitable


def test_someone_who_finds_writing_hard_is_not_held_to_letters_email_or_the_web() -> None:
    assert {Channel.LETTER, Channel.EMAIL, Channel.WEBFORM} <= unsuitable([Need.FINDS_WRITING_HARD])
    assert Channel.PHONE not in unsuitable([Need.FINDS_WRITING_HARD])


def test_a_deaf_person_is_not_held_to_the_telephone() -> None:
    assert unsuitable([Need.DEAF]) == {Channel.PHONE}


def test_channels_that_put_someone_in_danger_are_ruled_out_too() -> None:
    assert unsuitable([Need.DOMESTIC_ABUSE], [Channel.LETTER]) == {Channel.LETTER}


@pytest.mark.parametrize("need", Need)
def test_no_need_alone_rules_out_every_channel(need: Need) -> None:
    assert need.unsuitable < frozenset(Channel)


def test_the_format_offered_is_the_one_that_leaves_least_choice() -> None:
    assert suggested_format([Need.LARGE_PRINT, Need.BRAILLE]) is LetterFormat.BRAILLE
    assert suggested_format([Need.LARGE_PRINT]) is LetterFormat.LARGE_PRINT
    assert suggested_format([]) is LetterFormat.STANDARD


def test_someone_who_reads_another_language_is_offered_a_translation() -> None:
    assert suggested_format([], "pl") is LetterFormat.TRANSLATION
    assert suggested_format([], "en-GB") is LetterFormat.STANDARD
    assert suggested_format([Need.EASY_READ], "pl") is LetterFormat.EASY_READ


@pytest.mark.parametrize("form", LetterFormat)
def test_formats_we_cannot_print_are_made_elsewhere(form: LetterFormat) -> None:
    printed = {LetterFormat.STANDARD, LetterFormat.LARGE_PRINT, LetterFormat.PLAIN_TEXT, LetterFormat.EASY_READ}
    assert form.is_made_elsewhere is (form not in printed)
