"""How a form is set on a page: its fields in GOV.UK's shapes, without the <form> around them."""

from copy import copy

from crispy_forms.utils import render_crispy_form
from crispy_forms_gds.helper import FormHelper
from django import forms, template
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def fields(context: Context, form: forms.BaseForm) -> SafeString:
    """The fields of a form in their layout, or in their order if it has none; the page brings form and button."""
    layout = copy(getattr(form, "helper", None) or FormHelper())
    layout.form_tag = False
    layout.disable_csrf = True
    # Browsers' own messages are not in our words, nor in the summary: the server says what is missing.
    form.use_required_attribute = False
    for field in form.fields.values():
        # Words inside a box vanish as one types: they are no label and no hint.
        field.widget.attrs.pop("placeholder", None)
    return SafeString(render_crispy_form(form, layout, context.flatten()))


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the first control of a field, which a link in the error summary leads to."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_1"
    if isinstance(widget, forms.MultiWidget):
        return f"{field.auto_id}_{first_wrong_part(field)}"
    return field.auto_id


def first_wrong_part(field: BoundField) -> int:
    """Which part of a field of several parts, such as a date, is the first to be put right; the first if all are."""
    for place, part in enumerate(getattr(field.field, "fields", ())):
        if getattr(part.widget, "errors", None):
            return place
    return 0
