"""Where the letters' wording and layouts lie: with Evenhand, or in the landlord's own folder."""

from pathlib import Path

from evenhand.environment import text

PACKED = Path(__file__).resolve().parent.parent / "letters"
"""The letters that come with Evenhand."""

FONTS = PACKED / "fonts"

LETTERS = Path(text("EVENHAND_LETTERS") or PACKED).resolve()
"""The letters in use: the folder named by EVENHAND_LETTERS, a landlord's own copy, or else ours."""
