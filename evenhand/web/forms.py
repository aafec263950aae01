"""What every form on a case is: an `ActForm` that knows the case's file and the subject it is about."""

from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Layout, Size
from django.utils.html import format_html

from evenhand.cases.reading import CaseFile
from evenhand.doors.acts import ActForm
from evenhand.policy.case import Case


class CaseForm(ActForm):
    """A form of one verb on one case. Its fields are named as the verb names what it is told.

    `aside` names fields that the verb is not told: search boxes, files. Subclasses set choices that depend on the
    case in `prepare`, and turn cleaned fields into the verb's own kinds in `answers`.
    """

    aside: tuple[str, ...] = ()

    def __init__(self, *args: Any, file: CaseFile, subject: str | None = None, **kwargs: Any) -> None:
        self.file = file
        self.subject = subject
        super().__init__(*args, **kwargs)
        self.helper = sized()
        self.prepare()

    @property
    def case(self) -> Case:
        return self.file.case

    def prepare(self) -> None:
        """Choices and first answers that depend on where the case stands."""

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in super().answers().items() if name not in self.aside}


def sized() -> FormHelper:
    """Questions in the size that a page of several wants, in their order unless a layout says otherwise."""
    helper = FormHelper()
    helper.layout = Layout()
    helper.render_unmentioned_fields = True
    helper.label_size = Size.SMALL
    helper.legend_size = Size.SMALL
    return helper


def words_between(heading: str, text: str = "") -> HTML:
    """A heading between questions of a layout, and a sentence under it."""
    below = format_html('<p class="govuk-body">{}</p>', text) if text else ""
    return HTML(format_html('<h2 class="govuk-heading-m">{}</h2>{}', heading, below))
