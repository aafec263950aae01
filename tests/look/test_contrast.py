"""Every pair of colours that is used together can be told apart, in light and in dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "frontend" / "style" / "_tokens.scss"
TEXT, CONTROL = 4.5, 3.0  # WCAG 2.2: 1.4.3 for words, 1.4.11 for controls and signs

WORDS_ON = {
    "ink": ["paper", "wash", "accent-wash", "due-wash", "danger-wash", "good-wash"],
    "quiet": ["paper", "wash", "due-wash", "danger-wash", "good-wash"],
    "accent": ["paper", "wash", "accent-wash", "due-wash", "danger-wash", "good-wash"],
    "accent-strong": ["paper", "wash", "accent-wash"],
    "on-accent": ["accent", "accent-strong"],
    "on-danger": ["danger", "danger-strong"],
    "due": ["paper", "wash", "due-wash"],
    "danger": ["paper", "wash", "danger-wash"],
    "danger-strong": ["paper"],
    "good": ["paper", "wash", "good-wash"],
    "focus-ink": ["focus"],
}
EDGES_ON = {"quiet": ["paper", "wash"], "accent": ["paper", "wash"], "danger": ["paper"], "due": ["paper"]}


def tokens(scheme: str) -> dict[str, str]:
    """The colour of each token; in the dark, those that dark does not name stay as they are in the light."""
    light, _, rest = TOKENS.read_text().partition("@media screen and (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", rest))
    return found


def luminance(colour: str) -> float:
    """How bright a colour looks, from 0 to 1, as WCAG defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_on_everything_they_stand_on(scheme: str) -> None:
    found = tokens(scheme)

    ratios = {(ink, on): contrast(found[ink], found[on]) for ink, grounds in WORDS_ON.items() for on in grounds}

    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edges_of_controls_and_signs_can_be_seen(scheme: str) -> None:
    found = tokens(scheme)

    ratios = {(edge, on): contrast(found[edge], found[on]) for edge, grounds in EDGES_ON.items() for on in grounds}

    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < CONTROL} == {}


def test_whoever_uses_the_keyboard_can_see_where_they_are() -> None:
    """In the light the ring is yellow with ink outside it; in the dark yellow on the page itself."""
    light, dark = tokens("light"), tokens("dark")

    assert contrast(light["focus"], light["focus-ink"]) >= CONTROL
    assert contrast(light["focus-ink"], light["paper"]) >= CONTROL
    assert contrast(dark["focus"], dark["paper"]) >= CONTROL
    assert contrast(dark["focus"], dark["wash"]) >= CONTROL


def test_no_style_names_a_colour_of_its_own() -> None:
    """Else it would stay the same in the dark."""
    named = {
        path.name: found
        for path in TOKENS.parent.glob("_*.scss")
        if path.name not in {"_tokens.scss", "_foundation.scss"}
        if (found := re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|: (?:white|black)\b", path.read_text()))
    }

    assert named == {}
