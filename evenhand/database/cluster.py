"""Making the embedded database: its files, once."""

import errno
import os
import shutil
import subprocess
from pathlib import Path

from evenhand.database.account import account, as_account, ourselves, place_programs, private_folder
from evenhand.database.place import APPLICATION, OWNER, SYSTEM_FOLDER, DatabaseTrouble, Place

SUPERUSER = "postgres"
ROOM_NEEDED = 200 * 1024 * 1024
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")


def prepare(place: Place) -> None:
    """Make every folder and file the server needs, if it is missing. Raises DatabaseTrouble in plain words."""
    try:
        user = account(place)
        if place.as_root:
            SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        place_programs(place)
        if place.as_root:
            private_folder(place.home, user)
        private_folder(place.socket, user)
        refuse_what_an_ordinary_user_made(place)
        refuse_another_version(place)
        if not place.data.exists():
            create(place)
        refuse_another_user(place)
        write_entry_rules(place)
    except OSError as error:
        raise DatabaseTrouble(in_plain_words(error, place)) from error


def in_plain_words(error: OSError, place: Place) -> str:
    """Why a folder or file could not be made, and what to do."""
    where = error.filename or place.home
    if error.errno == errno.ENOSPC:
        return f"The disk that holds {where} is full. Make room (Evenhand needs 200 MB to begin with) and start again."
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return (
            f"{where} cannot be written by this user ({error.strerror}). Set EVENHAND_VAR to a folder that can, "
            "or set DATABASE_URL to a PostgreSQL database of yours."
        )
    return f"The database’s files could not be made: {error}"


def refuse_another_version(place: Place) -> None:
    """Another major version's data cannot be opened, and starting an empty one beside it would look like a loss."""
    others = [path.name for path in place.home.glob("postgres-*") if path.name.removeprefix("postgres-").isdecimal()]
    if others and place.data.name not in others:
        raise DatabaseTrouble(
            f"The data in {place.home} was made by another version of PostgreSQL ({', '.join(sorted(others))}); this "
            f"Evenhand runs version {place.major}. docs/database.md says how to bring it over. Nothing was changed."
        )
    found = place.data / "PG_VERSION"
    if found.is_file() and found.read_text().strip() != str(place.major):
        raise DatabaseTrouble(
            f"{place.data} holds data of PostgreSQL {found.read_text().strip()}, not of {place.major}. "
            "docs/database.md says how to bring it over. Nothing was changed."
        )


def refuse_what_an_ordinary_user_made(place: Place) -> None:
    """As root the data lies elsewhere; beginning an empty database there would look like a loss."""
    if not place.as_root:
        return
    for found in place.var.glob("postgres-*"):
        raise DatabaseTrouble(
            f"{found} was made when Evenhand was run as an ordinary user (number {found.stat().st_uid}). Run it as "
            "that user again, or set EVENHAND_VAR to another folder. Nothing was changed."
        )


def refuse_another_user(place: Place) -> None:
    """PostgreSQL opens only its own user's data."""
    owner = place.data.stat().st_uid
    if owner != account(place).pw_uid:
        raise DatabaseTrouble(
            f"{place.data} belongs to another user (number {owner}): Evenhand was run as that user before. "
            "Run it as that user again, or set EVENHAND_VAR to another folder."
        )


def create(place: Place) -> None:
    """Run initdb beside the final folder and move the result there: half a database is never taken for a whole one."""
    user = account(place)
    if shutil.disk_usage(place.home).free < ROOM_NEEDED:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place.home))
    draft = place.data.with_name(f"{place.data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    private_folder(draft, user)
    # From version 17 on, the builtin locale sorts the same on every machine and never changes under an index.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    command: list[str | Path] = [place.programs / "initdb", "-D", draft, "-U", SUPERUSER, "-E", "UTF8", "--auth=peer"]
    command += [*(builtin if place.major >= 17 else ["--locale=C.UTF-8"]), "--data-checksums", "--no-instructions"]
    made = subprocess.run(command, capture_output=True, text=True, **as_account(place))  # type: ignore[call-overload]
    if made.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        if "No space left" in made.stderr:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place.home))
        raise DatabaseTrouble(f"PostgreSQL could not make its files in {place.data}:\n{made.stderr.strip()}")
    draft.rename(place.data)


def write_entry_rules(place: Place) -> None:
    """Who may come in: over the socket only, and only the user we run as, whom the kernel vouches for (peer)."""
    user = account(place)
    roles = (SUPERUSER, OWNER, APPLICATION)
    rules = {
        "pg_hba.conf": "local all all peer map=evenhand\n",
        "pg_ident.conf": "".join(f'evenhand "{ourselves().pw_name}" {role}\n' for role in roles),
    }
    for name, words in rules.items():
        file = place.data / name
        if file.read_text() != words:
            file.write_text(words)
            os.chown(file, user.pw_uid, user.pw_gid)
