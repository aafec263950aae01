"""A contact log brought in from a browser. The import's own page shows how far it is, and what was wrong."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse

from evenhand.clamd import Readable
from evenhand.contacts import importing
from evenhand.contacts.log import BY_HAND
from evenhand.contacts.tasks import import_contacts
from evenhand.doors.clock import now
from evenhand.people.models import RegisterImport
from evenhand.people.models.change import ChangeKind
from evenhand.people.models.register import Brings
from evenhand.people.register import upload
from evenhand.people.register.upload import Wanted
from evenhand.web.fields import Files, Line, Tick
from evenhand.web.set_up import PlainForm, SetUpView

WANTED = Wanted(importing.FILES, "the contact log", "Choose one of them, or both.", all_of_them=False)


class ContactUploadForm(PlainForm):
    chosen = Files(
        "Choose the files",
        f"{' and '.join(importing.FILES)} together, one of them, or one zip with them in it.",
        required=True,
    )
    source = Line(
        "Which system do they come from?",
        "The same word each time, such as “crm”: references of another system are kept apart.",
        max_length=60,
        missing="Name the system, such as crm",
    )
    register = Line(
        "Which system are the people from?",
        "The word you use for the register whose references of people are in these files, such as “housing”.",
        max_length=60,
        missing="Name the register, such as housing",
    )
    dry_run = Tick("Only try it", "Everything is checked and counted, and nothing is changed.")

    def clean_source(self) -> str:
        source = str(self.cleaned_data["source"])
        if source == BY_HAND:
            self.add_error("source", f"“{BY_HAND}” is for contacts logged here. Use the name of the system")
        return source


class Upload(SetUpView):
    form_class = ContactUploadForm
    title = "Bring in contacts"
    intro = "Who contacted whom about what, from your contact log. You can leave while it runs, and come back."
    submit = "Start"
    done = ""
    back_words = "Back to the register"

    def get_initial(self) -> dict[str, Any]:
        last = RegisterImport.objects.filter(brings=Brings.CONTACTS).first()
        people = RegisterImport.objects.filter(brings=Brings.REGISTER).exclude(source="local").first()
        register = people.source if people else "housing"
        return {"source": last.source if last else register, "register": last.register if last else register}

    def back(self) -> str:
        return reverse("register")

    def pieces(self, file: Any) -> Iterator[tuple[str, Readable]]:
        yield from super().pieces(file)
        yield from upload.inside(file, WANTED)

    def change(self, form: ContactUploadForm) -> None:
        told = form.cleaned_data
        self.started = importing.begin(
            upload.receive(told["chosen"], WANTED),
            told["source"],
            now().at,
            register=told["register"],
            by=self.colleague,
            dry_run=told["dry_run"],
        )
        kind = "a trial import" if told["dry_run"] else "an import"
        self.note(ChangeKind.REGISTER, told["source"], f"Started {kind} of contacts.")
        import_contacts.defer(register_import=self.started.pk)

    def get_success_url(self) -> str:
        return reverse("register.import", args=[self.started.pk]) + "?watch=1"


urlpatterns = [path("administration/register/contacts", Upload.as_view(), name="contacts.bring_in")]
