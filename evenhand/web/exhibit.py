"""Files kept with a case, handed back as files: never shown as a page, whatever is in them."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path

from evenhand.cases import exhibits, reading
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import EVERYONE, for_roles
from evenhand.people.models import User
from evenhand.people.models.look import LookKind


@for_roles(EVERYONE)
def exhibit(request: HttpRequest, reference: str, exhibit: str) -> HttpResponseBase:
    """One file, for whoever may see the part of the case that it belongs to. To others there is none."""
    user = request.user
    assert isinstance(user, User)
    try:
        kept, file = exhibits.held(reference, exhibit, user, now().day)
    except reading.NotFound:
        raise Http404 from None
    looked(user, LookKind.FILE, f"{reference}/{kept.reference}")
    response = FileResponse(file, as_attachment=True, filename=kept.name, content_type=kept.content_type)
    response["Content-Length"] = str(kept.size)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [path("cases/<str:reference>/files/<str:exhibit>", exhibit, name="exhibit")]
