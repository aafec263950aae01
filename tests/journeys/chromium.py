"""The system's own Chromium, as every browser test and picture uses it."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str:
    """Where the browser is: EVENHAND_CHROMIUM, or one of its usual names on the path."""
    for name in (os.environ.get("EVENHAND_CHROMIUM", ""), *NAMES):
        if found := shutil.which(name) if name else None:
            return found
    raise FileNotFoundError("There is no Chromium: install it from the system's packages, or set EVENHAND_CHROMIUM.")


def launch(playwright: Playwright) -> Browser:
    """A browser without a window. Its sandbox needs a user who is not root, so root goes without it.

    Playwright keeps an event loop in its thread, from which Django refuses to reach the database unless told that the
    thread is ours alone; here it is.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=executable(), args=[*options, "--font-render-hinting=none"])
