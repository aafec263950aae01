"""`POST /register`: homes, people and tenancies as they change in the landlord's housing system."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field, model_validator

from evenhand.api.bearer import Bearer, caller_of
from evenhand.api.contract import WRITING, contract
from evenhand.api.problem import Kind, Problem
from evenhand.api.text import Cell, Code
from evenhand.api.writing import IdempotencyKey, done_once
from evenhand.doors.clock import now
from evenhand.people.register import batch
from evenhand.people.register.batch import Given, Outcome
from evenhand.sharing.models.key import Scope

router = Router(tags=["Writing"])
MOST_ROWS = 5_000
RETRY_BUSY = 60


class Row(BaseModel):
    """A row says everything of its thing: what is null or empty is empty from now on."""

    model_config = ConfigDict(extra="forbid")


class HomeIn(Row):
    """A home, with the columns of homes.csv."""

    home_ref: Cell | None
    uprn: Cell | None
    address_line: Cell | None
    town: Cell | None
    postcode: Cell | None
    kind: Cell | None


class PersonIn(Row):
    """A person, with the columns of people.csv."""

    person_ref: Cell | None
    title: Cell | None
    forename: Cell | None
    surname: Cell | None
    date_of_birth: Cell | None
    phone: Cell | None
    email: Cell | None
    language: Cell | None
    communication_needs: Cell | None


class TenancyIn(Row):
    """A tenancy, with the columns of tenancies.csv."""

    tenancy_ref: Cell | None
    home_ref: Cell | None
    tenure: Cell | None
    started_on: Cell | None
    ended_on: Cell | None


class TenancyPersonIn(Row):
    """Someone's part in a tenancy, with the columns of tenancy_people.csv."""

    tenancy_ref: Cell | None
    person_ref: Cell | None
    role: Cell | None


class AlertIn(BaseModel):
    """What an older system warned of, with the columns of alerts.csv. It waits for a person, and is no marker."""

    model_config = ConfigDict(extra="forbid")
    person_ref: Cell | None = Field(default=None, description="Of whom; or else of which home.")
    home_ref: Cell | None = None
    code: Cell | None = Field(description="For example RISK2.02, HACT12 or VA.")
    scheme: Cell | None = Field(default=None, description="Whose list it is from: UKHDS, HACT or letters.")
    since: Cell | None = None
    review_on: Cell | None = None
    note: Cell | None = None


class RegisterIn(BaseModel):
    """Rows of the register that changed. Whoever is not among them stays as they are."""

    model_config = ConfigDict(extra="forbid", title="RegisterRows")
    source: Code = Field(min_length=1, description="The housing system, by the word its imports have.")
    homes: list[HomeIn] = Field(default=[], max_length=MOST_ROWS)
    people: list[PersonIn] = Field(default=[], max_length=MOST_ROWS)
    tenancies: list[TenancyIn] = Field(default=[], max_length=MOST_ROWS)
    tenancy_people: list[TenancyPersonIn] = Field(default=[], max_length=MOST_ROWS)
    alerts: list[AlertIn] = Field(default=[], max_length=MOST_ROWS)

    @model_validator(mode="after")
    def of_a_register(self) -> "RegisterIn":
        """Local people are in no register, and a source without a name is none."""
        if not self.source.strip():
            raise ValueError("Name your housing system as source.")
        if self.source.strip().lower() == "local":
            raise ValueError("“local” is for people in no register. Name your housing system as source.")
        return self


class WrongRow(BaseModel):
    """One thing wrong in one row."""

    model_config = ConfigDict(extra="forbid")
    sheet: str = Field(description="homes, people, tenancies, tenancy_people or alerts.")
    row: int = Field(description="Which of the rows that were sent, from 1.")
    column: str = Field(description="Which column, or nothing where it is the whole row.")
    reason: str = Field(description="What is wrong.")
    loaded: bool = Field(description="Whether the rest of the row was taken in all the same.")


class SheetOut(BaseModel):
    """What became of the rows of one sheet."""

    model_config = ConfigDict(extra="forbid")
    read: int
    added: int
    changed: int
    unchanged: int
    not_loaded: int


class RegisterOut(BaseModel):
    """What became of a batch."""

    model_config = ConfigDict(extra="forbid", title="RegisterResult")
    sheets: dict[str, SheetOut] = Field(description="By the name of the sheet.")
    wrong: list[WrongRow] = Field(description="Everything wrong, to be mended where it was written.")


SENT: dict[str, Any] = {
    "source": "housing",
    "homes": [
        {
            "home_ref": "H1",
            "uprn": "100000000001",
            "address_line": "3 Ferry Row",
            "town": "Zedham",
            "postcode": "ZH1 4JQ",
            "kind": "house",
        }
    ],
    "people": [
        {
            "person_ref": "P1",
            "title": "Ms",
            "forename": "Małgorzata",
            "surname": "Bell",
            "date_of_birth": "1980-01-01",
            "phone": "07700 900123",
            "email": "m.bell@example.com",
            "language": "pl",
            "communication_needs": "interpreter",
        }
    ],
    "tenancies": [
        {"tenancy_ref": "T1", "home_ref": "H1", "tenure": "secure", "started_on": "2019-04-01", "ended_on": None}
    ],
    "tenancy_people": [{"tenancy_ref": "T1", "person_ref": "P1", "role": "tenant"}],
    "alerts": [{"person_ref": "P1", "code": "VA", "scheme": "letters", "since": "2024-05-02"}],
}
ONE = {"read": 1, "added": 1, "changed": 0, "unchanged": 0, "not_loaded": 0}
ANSWERED = {"sheets": {name: ONE for name in ("homes", "people", "tenancies", "tenancy_people", "alerts")}, "wrong": []}
REFUSED = {
    "sheets": {"tenancies": {"read": 1, "added": 0, "changed": 0, "unchanged": 0, "not_loaded": 1}},
    "wrong": [
        {
            "sheet": "tenancies",
            "row": 1,
            "column": "home_ref",
            "reason": "No home has the reference H9.",
            "loaded": False,
        }
    ],
}


@router.post(
    "/register",
    auth=Bearer(Scope.REGISTER_WRITE),
    response=RegisterOut,
    operation_id="write_register",
    summary="Write rows of the register",
    openapi_extra=contract(
        *WRITING, Kind.REGISTER_BUSY, sent=SENT, answers={"taken_in": ANSWERED, "a_row_was_not_loaded": REFUSED}
    ),
)
def write_register(request: HttpRequest, idempotency_key: IdempotencyKey, rows: RegisterIn) -> HttpResponse:
    """Takes in rows that changed, judged and loaded exactly as the files of an import are.

    Each row says everything of its thing, so every column must be there. A row that cannot be taken in is reported,
    with its reason, and the others are taken in.
    """
    moment = now()
    given = cast(dict[str, list[Given]], rows.model_dump(exclude={"source"}))

    def write() -> RegisterOut:
        try:
            outcome = batch.write(
                given,
                source=rows.source.strip(),
                sent_by=str(caller_of(request).key_id),
                at=moment.at,
                day=moment.day,
            )
        except batch.Busy:
            raise Problem(Kind.REGISTER_BUSY, retry_after=RETRY_BUSY) from None
        return told(outcome)

    return done_once(request, idempotency_key, write)


def told(outcome: Outcome) -> RegisterOut:
    """What became of a batch, as it is sent."""
    return RegisterOut(
        sheets={
            name: SheetOut(**{word.replace(" ", "_"): number for word, number in numbers.items()})
            for name, numbers in outcome.counts.items()
        },
        wrong=[
            WrongRow(
                sheet=row.file.removesuffix(".csv"),
                row=row.line,
                column=row.column,
                reason=row.reason,
                loaded=not row.whole_row,
            )
            for row in outcome.wrong
        ],
    )
