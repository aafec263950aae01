"""What a question says, as it is sent: one text in `q`, or each identifier under its own name."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from evenhand.api.problem import Kind, Problem
from evenhand.api.text import Code, Day, Line
from evenhand.api.whom import Asked
from evenhand.people.question import taken_apart
from evenhand.people.text import folded

WILDCARDS = frozenset("*%?_")
MAIL_WILDCARDS = frozenset("*")
"""An address of mail may have the others."""
SHORTEST_NAME = 2
IDENTIFIERS = ("telephone", "email", "person_ref", "tenancy_ref", "uprn", "home_ref", "address", "postcode", "name")


class Question(BaseModel):
    """Who or where is meant. Everything that is sent must fit; what is sent empty was not sent."""

    model_config = ConfigDict(extra="forbid")
    q: Annotated[Line, Field(description="One text: a telephone number, email address, UPRN, reference, or a whole "
        "address with its postcode. Or leave it and use the fields.")] = ""  # fmt: skip
    telephone: Annotated[Code, Field(description="In any format: 07700 900123, +44 7700 900123.")] = ""
    email: Annotated[Line, Field(description="An email address.")] = ""
    person_ref: Annotated[Code, Field(description="The person’s reference in the housing system.")] = ""
    tenancy_ref: Annotated[Code, Field(description="The tenancy’s reference in the housing system.")] = ""
    uprn: Annotated[Code, Field(description="The home’s unique property reference number.")] = ""
    home_ref: Annotated[Code, Field(description="The home’s reference in the housing system.")] = ""
    address: Annotated[Line, Field(description="The whole address of a home; its postcode in it or beside it.")] = ""
    postcode: Annotated[Code, Field(description="With a name, or with an address. It finds nobody by itself.")] = ""
    name: Annotated[Line, Field(description="A name in any spelling. It needs a second identifier.")] = ""
    date_of_birth: Day | None = Field(default=None, description="With a name. It finds nobody by itself.")
    purpose: Annotated[Line, Field(description="Why you ask, and for whom: “gas safety visit, J. Smith”. Kept in "
        "the log of who looked.")] = ""  # fmt: skip

    def asked(self) -> Asked:
        """The identifiers, judged. Raises `Problem` for what could be used to list people."""
        given = {name: getattr(self, name).strip() for name in IDENTIFIERS}
        if self.q.strip():
            given |= {name: value for name, value in of_one_text(self.q).items() if not given[name]}
        asked = Asked(**given, date_of_birth=self.date_of_birth)
        _refuse_wildcards(given)
        if not (asked.by_key or asked.of_home):
            _refuse_listing(asked)
        return asked


def of_one_text(text: str) -> dict[str, str]:
    """The identifiers in one text. A name is not taken from it: it would need to be told apart from an address."""
    parts = taken_apart(text)
    if parts.numbers:
        return {"telephone": parts.numbers[0]}
    if parts.mailboxes:
        return {"email": parts.mailboxes[0]}
    if parts.uprns and not parts.words:
        return {"uprn": parts.uprns[0]}
    if parts.postcode:
        return {"address": text.strip()} if parts.words else {"postcode": parts.postcode}
    if parts.references:
        return {"person_ref": parts.references[0]}
    return {"name": text.strip()}


def _refuse_wildcards(given: dict[str, str]) -> None:
    for name, value in given.items():
        if value and not (MAIL_WILDCARDS if name == "email" else WILDCARDS).isdisjoint(value):
            raise Problem(Kind.WILDCARD)


NOBODY_NAMED = "A postcode or a date of birth finds nobody by itself. Send a name with it, or the whole address."


def _refuse_listing(asked: Asked) -> None:
    """Without a key, only a name with a second identifier asks about one person and not about many."""
    if not asked.name and not asked.postcode and asked.date_of_birth is None:
        raise Problem(Kind.NOTHING_ASKED)
    if len(folded(asked.name)) < SHORTEST_NAME or not (asked.postcode or asked.date_of_birth):
        raise Problem(Kind.SECOND_IDENTIFIER_NEEDED, "" if asked.name else NOBODY_NAMED)
