"""What an address may ask: a name nobody knows, or one that comes twice, would be passed over unseen."""

from collections.abc import Collection

from django.http import HttpRequest

from evenhand.api.faults import UNKNOWN
from evenhand.api.problem import Kind, Problem, Wrong

TWICE = "This is here twice. Send it once."


def only(request: HttpRequest, names: Collection[str]) -> None:
    """Raises `Problem` for an address that asks anything but these, each once."""
    wrong = [Wrong(f"?{name}"[:200], UNKNOWN) for name in request.GET if name not in names]
    wrong += [Wrong(f"?{name}", TWICE) for name in names if len(request.GET.getlist(name)) > 1]
    if wrong:
        raise Problem(Kind.INVALID, errors=wrong[:50])
