"""Evenhand's settings, with what a test wants otherwise: a database apart, quick passwords, no post."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Another PostgreSQL's programs (EVENHAND_POSTGRES_BIN=/usr/lib/postgresql/15/bin) get a folder of their own.
FOLDER = "test-other" if os.environ.get("EVENHAND_POSTGRES_BIN") else "test"
os.environ["EVENHAND_VAR"] = os.environ.get("EVENHAND_TEST_VAR") or str(ROOT / "var" / FOLDER)
# Tests make databases, which only the owner may; each test then works under the application's role (conftest.py).
os.environ["EVENHAND_ACT_AS"] = "owner"
for name in ("EVENHAND_URL", "EVENHAND_HOSTS", "EVENHAND_DEBUG", "EMAIL_URL", "OIDC_SERVER_URL", "CLAMD_URL"):
    os.environ.pop(name, None)

from evenhand.settings import *  # noqa: E402, F403

APPLICATION_ROLE = "evenhand_app"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
