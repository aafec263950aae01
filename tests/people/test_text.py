"""Any spelling finds a person, and what people give is kept as they gave it."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as some

from evenhand.people import mailbox, telephone
from evenhand.people.text import compact, folded, name_to_search, tidy


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Małgorzata", "malgorzata"),
        ("O’Brien", "obrien"),
        ("O'Brien", "O’BRIEN"),
        ("Pryce-Jones", "pryce jones"),
        ("Seán", "SEAN"),
        ("Yıldız", "Yildiz"),
        ("Björn Åkesson", "bjorn akesson"),
        ("Đurić", "Duric"),
        ("Straße", "strasse"),
        ("Sea\u0301n", "Seán"),
    ],
)
def test_a_name_is_found_however_it_is_typed(written: str, typed: str) -> None:
    assert folded(written) == folded(typed)


@pytest.mark.parametrize("name", ["王伟", "محمد العلي", "Олена Шевченко", "ਗੁਰਪ੍ਰੀਤ"])
def test_a_name_in_another_script_still_has_something_to_find(name: str) -> None:
    assert folded(name)


def test_former_names_find_a_person() -> None:
    assert "hartley" in name_to_search("Denise", "Moyo", ["Denise Hartley"])


def test_tidying_keeps_diacritics_and_drops_what_cannot_be_seen() -> None:
    assert tidy("  Małgorzata\u200b\u00a0 Wójcik\x07\n") == "Małgorzata Wójcik"
    assert tidy("Sea\u0301n") == "Seán"
    assert tidy("a  b") == "a b"


@given(some.text())
def test_tidying_twice_changes_nothing_more(words: str) -> None:
    assert tidy(tidy(words)) == tidy(words)


def test_a_postcode_is_found_without_its_blank() -> None:
    assert compact("ZE2 3HA") == compact("ze23ha") == "ze23ha"


@pytest.mark.parametrize(
    "written",
    ["07700 900123", "(07700) 900123", "+44 7700 900123", "00447700900123", "07700-900-123", "+44 (0)7700 900123"],
)
def test_a_number_written_any_way_is_one_number(written: str) -> None:
    assert telephone.normalised(written) == "+447700900123"


def test_a_possible_number_is_kept_though_nobody_can_have_it() -> None:
    assert telephone.normalised("0113 496 0002") == "+441134960002"
    assert not phonenumbers.is_valid_number(phonenumbers.parse("+447700900123"))


def test_a_number_abroad_keeps_its_country() -> None:
    assert telephone.normalised("+48 22 123 45 67") == "+48221234567"


@pytest.mark.parametrize("words", ["not a number", "12", "0" * 30, "", "n/a"])
def test_what_is_not_a_number_is_none(words: str) -> None:
    assert telephone.normalised(words) is None


def test_several_numbers_in_one_cell_are_all_found_once() -> None:
    assert telephone.all_in("07700 900123 / 0113 496 0002 or 07700900123") == ["+447700900123", "+441134960002"]


@given(some.from_regex(r"(\+44|0044|0)[ (]{0,1}[1-9][0-9]{4}[ )-]{0,1}[0-9]{5}", fullmatch=True))
def test_the_quick_way_to_read_a_number_agrees_with_the_library(written: str) -> None:
    number = phonenumbers.parse(written, "GB")
    assert phonenumbers.is_possible_number(number)
    assert telephone.normalised(written) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def test_an_address_is_found_in_any_case_and_with_diacritics() -> None:
    assert mailbox.normalised(" Rosa.Żak3@Example.ORG ") == "rosa.żak3@example.org"


@pytest.mark.parametrize(
    "words", ["not-an-email", "a@b", "a@@example.org", "a b@example.org", "a@example..org", "@x.org"]
)
def test_what_is_not_an_address_is_none(words: str) -> None:
    assert mailbox.normalised(words) is None


def test_several_addresses_in_one_cell_are_all_found_once() -> None:
    assert mailbox.all_in("a@example.org; B@example.org, A@EXAMPLE.org") == ["a@example.org", "b@example.org"]
