"""What a person needs of us, beside a form that leaves them fewer ways to reach us: what a way is refused for."""

from evenhand.cases.reading import CaseFile
from evenhand.people import known, reading
from evenhand.policy.closing_channels import ruled_out
from evenhand.policy.need import Need
from evenhand.web.evidence import Shown
from evenhand.web.said import begun
from evenhand.web.section import Section

HEADING = "What they need of us"
NONE = "We know of nothing that they need. Ask them, if nobody has."


def needs_of(file: CaseFile) -> Shown:
    """Each need with what was said of it, and which ways of contact it rules out."""
    if file.person is None:
        return Shown(HEADING, NONE, [], ())
    picture = known.picture(file.person, file.day)
    told = {Need(row.kind): row.detail for row in reading.needs(file.person, file.day)}
    facts = tuple((begun(need.value), told.get(need) or "Recorded") for need in sorted(picture.needs))
    out = tuple(("Rules out", f"{each}.") for each in ruled_out(picture))
    sections = (Section("Needs recorded today", facts=(*facts, *out)),) if facts or out else ()
    return Shown(HEADING, NONE, [], (), sections)
