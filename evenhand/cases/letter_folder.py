"""Where the letters' wording and layouts lie: with Evenhand, or in the landlord's own folder."""

import os
from pathlib import Path

PACKED = Path(__file__).resolve().parent.parent / "letters"
"""The letters that come with Evenhand."""

FONTS = PACKED / "fonts"

LETTERS = Path(os.environ.get("EVENHAND_LETTERS") or PACKED).resolve()
"""The letters in use: the folder named by EVENHAND_LETTERS, a landlord's own copy, or else ours."""
