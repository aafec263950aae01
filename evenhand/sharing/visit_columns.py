"""The columns of a list of visits, under the many names that scheduling systems give them (docs/visits.md)."""

import re
from collections.abc import Sequence

from evenhand.people.csv_file import Unreadable

ALIASES = {
    "reference": "reference ref visit_ref visit_reference visit_id job job_ref job_reference job_number job_no job_id "
    "works_order order order_number order_ref appointment_ref appointment_id appointment_reference id",
    "uprn": "uprn property_uprn home_uprn",
    "home_ref": "home_ref home_reference property_ref property_reference property_id asset_ref asset_id",
    "address": "address address_line address_line_1 address_1 address1 property_address full_address site_address "
    "street where location",
    "town": "town city post_town",
    "postcode": "postcode post_code postal_code zip",
    "person_ref": "person_ref person_reference person tenant_ref tenant_reference customer_ref customer_reference "
    "customer_id",
    "date": "date visit_date appointment_date day start_date scheduled_date on",
    "time": "time visit_time appointment_time start_time starts_at start start_at date_time datetime slot when "
    "scheduled scheduled_at scheduled_start appointment at",
    "attending": "attending attending_colleague colleague operative engineer officer staff staff_ref attendee resource "
    "assigned_to",
    "contractor": "contractor attending_contractor company supplier subcontractor",
}
"""Each column by the name documentation gives it, and every name it is known by."""
KNOWN_AS = {alias: column for column, aliases in ALIASES.items() for alias in aliases.split()}
PLACES = ("uprn", "home_ref", "address", "person_ref")
OURS = "Evenhand "
"""What the names of the columns that we add begin with: a list that was checked before may be checked again."""
_BETWEEN = re.compile(r"[^a-z0-9]+")


class Columns:
    """Which cell of a row is which column.

    In: the header. `kept` are the names of all its columns but those that we added when it was checked before, in
    their order. Raises `Unreadable`, naming `file`, where what a list cannot do without is missing or comes twice.
    """

    def __init__(self, file: str, header: Sequence[str]) -> None:
        self._kept = [place for place, name in enumerate(header) if not name.startswith(OURS)]
        self.kept = [header[place] for place in self._kept]
        self._at: dict[str, int] = {}
        for place in self._kept:
            column = KNOWN_AS.get(_BETWEEN.sub("_", header[place].strip().lower()).strip("_"))
            if column is None:
                continue
            if column in self._at:
                twice = f"“{header[self._at[column]]}” and “{header[place]}”"
                raise Unreadable(f"{file} says the {column} twice, in {twice}. Leave one of them out.")
            self._at[column] = place
        if missing := self._missing():
            raise Unreadable(f"{file} lacks {' and '.join(missing)}. docs/visits.md names the columns.")

    def _missing(self) -> list[str]:
        missing = [] if "reference" in self._at else ["a column “reference”"]
        if not any(place in self._at for place in PLACES):
            missing.append("a column that says where: “uprn”, “home_ref”, “address” or “person_ref”")
        if "time" not in self._at and "date" not in self._at:
            missing.append("a column “time” or “date”")
        return missing

    def named(self, column: str) -> str:
        """What the file calls a column, or our own name for it if it has none."""
        place = self._at.get(column)
        return column if place is None else self.kept[self._kept.index(place)]

    def cell(self, cells: Sequence[str], column: str) -> str:
        """What a row says in a column, or nothing; some systems write NULL for it."""
        place = self._at.get(column)
        said = cells[place].strip() if place is not None else ""
        return "" if said == "NULL" else said

    def kept_of(self, cells: Sequence[str]) -> list[str]:
        """The cells of a row under the names in `kept`."""
        return [cells[place] if place < len(cells) else "" for place in self._kept]
