"""What everyone in a soak of kills knows of its world, from before the first act. It goes between processes."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """`people` are key and name; `colleagues` are name, actor and session; `pages` lead to each verb's page.

    In a page's address REFERENCE and SUBJECT stand for those of a case; so they do in the names of the pages.
    """

    people: list[tuple[int, str]]
    actors: dict[str, str]
    sessions: dict[str, str]
    cookie: str
    pages: dict[str, str]

    def keep(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self)))


def read(file: Path) -> Setting:
    return Setting(**json.loads(file.read_text()))
