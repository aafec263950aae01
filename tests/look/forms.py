"""A form with one of every kind of question the service asks."""

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Fieldset, Layout, Size
from django import forms

CHANNELS = [
    Choice("email", "Email"),
    Choice("telephone", "Telephone", hint="Only if they have said that it is safe to ring"),
    Choice("visit", "A visit"),
]


class EveryQuestion(forms.Form):
    """No layout: the fields in their order, as a form that is not laid out comes to a page."""

    said = forms.CharField(
        label="What was said or done?",
        help_text="In the words that were used, if you can. Not what kind of person they are.",
        error_messages={"required": "Say what was said or done"},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    where = forms.CharField(label="Where were you?", error_messages={"required": "Say where you were"})
    day = DateInputField(label="When was it?", help_text="For example, 3 12 2026")
    behaviours = forms.MultipleChoiceField(
        label="Which behaviours?",
        help_text="Choose all that apply",
        choices=[("threat", "Threats of violence or harm"), ("shouting", "Shouting or abusive language")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one behaviour"},
    )
    channel = forms.ChoiceField(
        label="How did it happen?",
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it happened"},
    )
    team = forms.ChoiceField(label="Which team?", choices=[("", "Choose a team"), ("n", "North"), ("s", "South")])
    email = forms.EmailField(label="Email", required=False)
    times = forms.IntegerField(label="How many times before?", required=False)
    photograph = forms.FileField(label="Photographs or recordings", required=False, help_text="Up to 10 MB each")
    again = forms.BooleanField(label="This has happened before", required=False)


class Laid(EveryQuestion):
    """The same with a layout: sizes, widths and a group of questions."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field.textarea("said", label_size=Size.MEDIUM, rows=4, max_words=200),
            Fieldset("where", "day", legend="Where and when", legend_size=Size.MEDIUM),
            Field.checkboxes("behaviours", legend_size=Size.MEDIUM),
            Field.radios("channel", legend_size=Size.MEDIUM, inline=True),
            "photograph",
        )


class Narrow(forms.Form):
    """What a list is filtered by."""

    who = forms.ChoiceField(label="Whose", choices=[("me", "Mine"), ("team", "My team's")], required=False)
    words = forms.CharField(label="Words", required=False)
