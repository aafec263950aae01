"""Where the page of a verb is: its name is the verb's, so that an objection's remedy leads to it."""

from typing import Any

from django.urls import URLPattern, path

from evenhand.doors.acts import ActView


def of(verb: str, view: type[ActView], *, subject: bool = False, both: bool = False) -> list[URLPattern]:
    """The paths of one verb on a case: "marker.place" is at `cases/<reference>/marker/place`.

    With `subject`, at `cases/<reference>/marker/<subject>/keep`; with `both`, at either.
    """
    concept, _, act = verb.replace("_", "-").partition(".")
    page: Any = view.as_view()
    found = []
    if subject or both:
        found.append(path(f"cases/<str:reference>/{concept}/<path:subject>/{act}", page, name=verb))
    if both or not subject:
        found.append(path(f"cases/<str:reference>/{concept}/{act}", page, name=verb))
    return found
