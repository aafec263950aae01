"""Rule 16: a form that limits contact asks about complaints only where the record does not already tell of one."""

from evenhand.contacts import complaint
from evenhand.people import reading
from evenhand.web.forms import CaseForm

KNOWN = "Their record shows a complaint that is open, or was closed in the last three months."
QUESTIONS = ("complaint_open", "complaint_considered")


def ask_if_unknown(form: CaseForm) -> tuple[str, ...]:
    """The questions about complaints that are left to ask, for the form's layout. One query."""
    person = form.file.person
    if person is None or not complaint.is_open_or_recent(reading.identities(person), form.file.day):
        return QUESTIONS
    del form.fields["complaint_open"]
    form.fields["complaint_considered"].help_text = KNOWN
    return QUESTIONS[1:]
