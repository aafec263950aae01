"""What the operator says in environment variables, read with the standard library only.

Every variable is described in docs/settings.md.
"""

import os
import secrets
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PACKAGE = Path(__file__).resolve().parent
TRUE_WORDS = {"1", "true", "yes", "on"}
SCANNER_PORT = 3310
MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


class BadSetting(Exception):
    """A variable holds something we cannot use; the words say which and what was expected."""


def text(name: str, default: str = "") -> str:
    """The variable's value without surrounding blanks, or `default` when unset or blank.

    What is secret need not stand in the environment: of a variable that is unset, NAME_FILE may name a file of it.
    """
    return os.environ.get(name, "").strip() or _in_file(f"{name}_FILE") or default


def _in_file(name: str) -> str:
    file = os.environ.get(name, "").strip()
    if not file:
        return ""
    try:
        return Path(file).read_text().strip()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise BadSetting(f"{name} names {file}, which could not be read: {why}.") from error


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes or on; `default` when unset."""
    value = text(name).lower()
    return value in TRUE_WORDS if value else default


def number(name: str, default: int, least: int = 0, most: int | None = None) -> int:
    """A whole number within these bounds, or `default` when unset."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal():
        raise BadSetting(f"{name} must be a whole number, not “{value}”.")
    if int(value) < least or (most is not None and int(value) > most):
        raise BadSetting(f"{name} must be at least {least}{'' if most is None else f' and at most {most}'}.")
    return int(value)


def listed(name: str) -> list[str]:
    """Values parted by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def some_of(name: str, known: Sequence[str]) -> list[str]:
    """Values parted by commas, each one of those known."""
    given = [each.lower() for each in listed(name)]
    for each in given:
        if each not in known:
            raise BadSetting(f"{name} cannot have “{each}” in it. Choose from: {', '.join(map(str, known))}.")
    return given


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Networks parted by commas, each as 10.1.2.0/24, fd12::/48 or a single address."""
    try:
        return [ip_network(part, strict=False) for part in listed(name)]
    except ValueError as error:
        raise BadSetting(f"{name} must list networks such as 10.1.2.0/24, parted by commas: {error}.") from error


def var_folder() -> Path:
    """Where everything Evenhand keeps on this machine lives.

    EVENHAND_VAR; else `var` beside a source checkout; else `var` in the folder the command was started from.
    """
    if given := text("EVENHAND_VAR"):
        return Path(given).expanduser().absolute()
    checkout = PACKAGE.parent
    return (checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()) / "var"


def secret_key(var: Path) -> str:
    """EVENHAND_SECRET_KEY, or a random key made once and kept in `var`, readable by its owner alone."""
    if given := text("EVENHAND_SECRET_KEY"):
        return given
    kept = var / "secret-key"
    try:
        if found := kept.read_text().strip():
            return found
        kept.unlink()
    except FileNotFoundError:
        pass
    try:
        var.mkdir(parents=True, exist_ok=True)
        # Written apart and linked into place, so that two first starts at once agree on one key.
        draft = var / f"secret-key.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, kept)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    except OSError as error:
        raise BadSetting(
            f"The folder {var} cannot be written ({error.strerror}). Set EVENHAND_VAR to a folder that can be "
            "written, or give the key in EVENHAND_SECRET_KEY."
        ) from error
    return kept.read_text().strip()


def hosts_of(url: str) -> list[str]:
    """The names Evenhand answers to: the site's own, and this machine's when it runs here."""
    here = ["localhost", "127.0.0.1", "[::1]"]
    host = urlsplit(url).hostname or "localhost"
    return here if host in here else [host, *here]


def identity_provider() -> dict[str, Any]:
    """The landlord's OpenID Connect provider, when OIDC_SERVER_URL, OIDC_CLIENT_ID and OIDC_SECRET are given.

    The operator vouches for the provider, so an address it has verified opens the colleague's account of that address.
    """
    server = text("OIDC_SERVER_URL")
    if not server:
        return {}
    application = {
        "provider_id": "landlord",
        "name": text("OIDC_NAME", "your landlord’s sign-in"),
        "client_id": text("OIDC_CLIENT_ID"),
        "secret": text("OIDC_SECRET"),
        "settings": {"server_url": server},
    }
    return {
        "openid_connect": {
            "APPS": [application],
            "EMAIL_AUTHENTICATION": True,
            "EMAIL_AUTHENTICATION_AUTO_CONNECT": True,
            "OAUTH_PKCE_ENABLED": True,
        }
    }


def database(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's description of the PostgreSQL database at `url` (postgresql://user:password@host:port/name?sslmode=…).

    A socket folder is given as ?host=/folder. Other engines are refused: Evenhand needs PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(f"{variable} must begin with postgresql://. Evenhand keeps its record in PostgreSQL only.")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise BadSetting(f"{variable} must end with the name of a database: postgresql://user:password@host/name")
    return {
        "ENGINE": "evenhand.database.engine",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or parts.port or ""),
        "OPTIONS": options,
    }


def mail(url: str) -> dict[str, Any]:
    """Django's email settings for `url`: smtp://, smtp+tls:// (STARTTLS) or smtps:// (TLS from the start).

    The user's name and password are percent-encoded: smtp+tls://name:password@host:587
    """
    parts = urlsplit(url)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise BadSetting("EMAIL_URL must look like smtp+tls://name:password@host:587 (or smtp:// or smtps://).")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 30,
    }


def scanner(name: str) -> str | tuple[str, int] | None:
    """Where the virus scanner listens: tcp://host:3310, or unix:///run/clamav/clamd.ctl; None where none is set up."""
    url = text(name)
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or SCANNER_PORT
    except ValueError:
        parts, host, port = urlsplit(""), None, 0
    if parts.scheme == "unix" and parts.path.strip("/") and not parts.netloc:
        return unquote(parts.path)
    if parts.scheme == "tcp" and host and not parts.path.strip("/"):
        return host, port
    raise BadSetting(f"{name} must look like unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310, not “{url}”.")
