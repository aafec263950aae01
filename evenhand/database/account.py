"""Whom PostgreSQL runs as. It refuses to run as root, so there we give it a user and a folder of its own."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from evenhand.database.place import DatabaseTrouble, Place

NAME = "evenhand-postgres"


def account(place: Place) -> pwd.struct_passwd:
    """The user the server runs as: ourselves, or as root `evenhand-postgres`, made on first use."""
    if not place.as_root:
        return ourselves()
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    try:
        shell = shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin:/bin") or "/bin/false"
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", shell, NAME]
        subprocess.run(command, check=True, capture_output=True, text=True)
        return pwd.getpwnam(NAME)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        said = getattr(error, "stderr", "") or str(error)
        raise DatabaseTrouble(
            f"PostgreSQL does not run as root, and a user “{NAME}” for it could not be made ({said.strip()}). "
            f"Make it yourself (useradd --system {NAME}), or run Evenhand as an ordinary user, or set DATABASE_URL."
        ) from error


def ourselves() -> pwd.struct_passwd:
    """The user we are, whose name the server checks when we connect."""
    try:
        return pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise DatabaseTrouble(
            f"This machine has no name for the user we run as (number {os.geteuid()}), and PostgreSQL needs one. "
            "Add it to /etc/passwd, run as another user, or set DATABASE_URL."
        ) from error


def as_account(place: Place) -> dict[str, object]:
    """What subprocess needs to run a program as that user, out of reach of a Ctrl-C meant for us."""
    options: dict[str, object] = {"start_new_session": True, "cwd": "/", "umask": 0o077}
    if place.as_root:
        user = account(place)
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    # Nothing of ours may steer the server: PGPORT, PGDATA and the like are left behind.
    return options | {"env": {"PATH": os.defpath, "LC_ALL": "C"}}


def private_folder(path: Path, owner: pwd.struct_passwd) -> None:
    """Make `path` (if missing) a folder only `owner` may enter; refuse one that is somebody else's."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        os.chown(path, owner.pw_uid, owner.pw_gid)
    found = path.lstat()
    if path.is_symlink() or not path.is_dir() or found.st_uid != owner.pw_uid:
        raise DatabaseTrouble(
            f"{path} should be a folder of the user “{owner.pw_name}”, and it is not. It may have been made when "
            "Evenhand was run as another user: run it as that user, move the folder away, or set EVENHAND_VAR to "
            "another folder."
        )
    if found.st_mode & 0o077:
        path.chmod(0o700)


def place_programs(place: Place) -> None:
    """As root, copy the programs to where the server's own user may read them. Done once for each release."""
    target = place.programs_folder
    if not place.as_root or place.given or target.is_dir():
        return
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        # The programs look for the wheel's own libraries where they stood relative to them.
        package = place.wheel.parent
        shutil.copytree(package, draft / package.name, symlinks=True, ignore=shutil.ignore_patterns("include", "*.py"))
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not target.is_dir():
            raise
