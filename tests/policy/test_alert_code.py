"""Rules 3 and 11: other systems' codes go where they belong, and few are about conduct."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from evenhand.policy.alert_code import CODES, MAY_BE_TEMPORARY, About, Scheme, hact_of, read, scheme_of
from evenhand.policy.events.marker import UKHDS, Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.need import Need

LIST = Path(__file__).parent / "data" / "person_alert_codes.csv"


def test_every_code_of_the_national_draft_is_known() -> None:
    with LIST.open(newline="") as file:
        codes = [row["subcode"] for row in csv.DictReader(file)]

    assert codes
    assert [code for code in codes if read(code).about is About.UNKNOWN] == []


@pytest.mark.parametrize(
    "code",
    [
        "TRA",
        "DV",
        "APT",
        "DIS",
        "UE",
        "RISK1.01",
        "RISK1.02",
        "RISK1.03",
        "RISK1.05",
        "RISK1.06",
        "RISK1.99",
        "RISK2.07",
    ],
)
def test_a_need_or_a_home_never_becomes_a_marker(code: str) -> None:
    found = read(code)

    assert not found.may_become_a_marker
    assert found.risk is None
    assert found.need or found.hazard


@pytest.mark.parametrize("risk", list(Risk))
def test_a_code_that_our_own_markers_carry_comes_back_as_the_same_risk(risk: Risk) -> None:
    assert read(UKHDS[risk]).risk is risk


@pytest.mark.parametrize(
    ("code", "risk", "controls"),
    [
        ("CV", Risk.UNSAFE_VISIT, (Control.PAIRS,)),
        ("VA", Risk.THREATS, ()),
        ("PA", Risk.PHYSICAL, (Control.PAIRS,)),
        ("CX", Risk.UNSAFE_VISIT, (Control.ASK_FIRST,)),
    ],
)
def test_the_common_letters_are_understood(code: str, risk: Risk, controls: tuple[Control, ...]) -> None:
    assert (read(code).risk, read(code).controls) == (risk, controls)


def test_what_was_meant_for_a_while_is_the_same_and_says_so() -> None:
    assert (read("CVT").risk, read("CVT").temporary) == (Risk.UNSAFE_VISIT, True)
    assert (read("DAT").hazard, read("DAT").temporary) == (Hazard.ANIMAL, True)
    assert (read("APT").need, read("APT").temporary) == (Need.OTHER, False)
    assert read("VOIDT").about is About.UNKNOWN


@pytest.mark.parametrize("written", ["RISK2.01", "risk2.1", " Risk 2.01 ", "RISK-2.01"])
def test_a_code_is_known_however_it_is_written(written: str) -> None:
    assert read(written) is CODES["RISK2.01"]


def test_hacts_numbers_are_known_by_their_lists_name() -> None:
    assert read("HACT 12").need is Need.INTERPRETER
    assert read("hact-01").controls == (Control.PAIRS,)
    assert read("HACT11").about is About.NEITHER


@pytest.mark.parametrize("code", ["", "ZZ", "RISK9.01", "12", "RISK", "T", "²"])
def test_a_code_that_nobody_knows_is_shown_to_a_person(code: str) -> None:
    assert read(code).about is About.UNKNOWN


@pytest.mark.parametrize("code", CODES)
def test_each_code_offers_at_most_one_thing(code: str) -> None:
    found = CODES[code]
    offered = [thing for thing in (found.risk, found.need, found.hazard) if thing]

    assert len(offered) == (found.about in (About.CONDUCT, About.NEED, About.HOME))
    assert found.may_become_a_marker == (found.risk is not None)
    assert found.words


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_is_found_in_its_own_list_and_in_no_other(code: str) -> None:
    own = Scheme.UKHDS if code.startswith("RISK") else Scheme.HACT if code.startswith("HACT") else Scheme.LETTERS

    assert [scheme for scheme in Scheme if read(code, scheme).is_kept or read(code, scheme) is CODES[code]] == [own]


def test_a_scheme_s_own_word_may_be_left_out() -> None:
    assert read("12", Scheme.HACT) is CODES["HACT12"]
    assert read("2.1", Scheme.UKHDS) is CODES["RISK2.01"]
    assert not read("12").is_kept and not read("CV", Scheme.HACT).is_kept


def test_a_scheme_is_known_in_any_case() -> None:
    assert (scheme_of("hact"), scheme_of(" UKHDS "), scheme_of("Letters")) == tuple(
        (Scheme.HACT, Scheme.UKHDS, Scheme.LETTERS)
    )
    assert (scheme_of("hackney"), scheme_of("savills"), scheme_of("")) == (Scheme.LETTERS, None, None)


@pytest.mark.parametrize("code", sorted({*CODES, *(f"{code}T" for code in MAY_BE_TEMPORARY)}))
def test_only_what_is_about_conduct_or_hides_why_warns_colleagues(code: str) -> None:
    assert read(code).warns == (read(code).about is About.CONDUCT or code in {"OI", "OIT", "SA", "SAT"})
    assert not (read(code).warns and (read(code).need or read(code).hazard))


def test_what_is_about_nothing_to_decide_is_not_kept() -> None:
    assert [code for code in sorted(CODES) if not read(code).is_kept] == ["HACT11", "TERM", "VOID"]
    assert not read("ZZ").is_kept


def test_hact_has_a_code_for_lone_visits_and_for_nothing_else_we_do() -> None:
    assert hact_of((Control.PAIRS, Control.RING_FIRST)) == "1"
    assert [control for control in Control if hact_of((control,))] == [Control.PAIRS]
    assert read(hact_of((Control.PAIRS,)) or "", Scheme.HACT).controls == (Control.PAIRS,)


@pytest.mark.parametrize("code", sorted(MAY_BE_TEMPORARY))
def test_what_was_meant_for_a_while_says_all_that_the_lasting_code_says(code: str) -> None:
    assert read(f"{code}T") == replace(CODES[code], code=f"{code}T", temporary=True)


@pytest.mark.parametrize("code", ["RISK2.1.1", "RISK2.X", "AB2.1", "HACTX12", "HACT"])
def test_what_only_looks_like_a_code_is_shown_as_it_was_written(code: str) -> None:
    assert (read(code).code, read(code).about) == (code, About.UNKNOWN)
    assert read(code, Scheme.LETTERS).code == code


@pytest.mark.parametrize("written", ["HACT.12", "HACT 12.", "hact-12", "HACT012"])
def test_a_number_of_hacts_is_known_with_a_point_before_or_after_it(written: str) -> None:
    assert read(written) is CODES["HACT12"]


def test_a_code_of_a_known_group_goes_to_the_home_under_its_own_name() -> None:
    found = read("RISK 1.99")
    assert (found.code, found.about, found.hazard) == ("RISK1.99", About.HOME, Hazard.OTHER)
    assert "by its group" in found.words
