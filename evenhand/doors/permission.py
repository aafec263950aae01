"""Who may use which page: every view names them, and a test walks all of them as every role.

Which cases, and which parts of one, is `policy/visibility.py`'s to say; here is only who may knock.
"""

from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any, TypeVar

from django.contrib.auth.mixins import AccessMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, URLResolver, get_resolver, resolve

from evenhand.policy.answer import Asker
from evenhand.policy.staff import DECIDERS, Actor, Role

EVERYONE = frozenset(Role)
COLLEAGUES = EVERYONE - {Role.INDEPENDENT}
"""Who checks, searches, logs and reports: not whoever comes from outside, and is let in to one case by name."""
CASEWORKERS = frozenset({Role.INVESTIGATOR, Role.DUTY, Role.CUSTOMER_PARTNER, Role.INDEPENDENT}) | DECIDERS
DECIDING = DECIDERS | {Role.INDEPENDENT}
MATCHERS = CASEWORKERS - {Role.INDEPENDENT, Role.CUSTOMER_PARTNER}
"""Who sees contacts of nobody in particular: not whoever is let in to one case, or to a referral, alone."""
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
PLANNERS = frozenset({Role.PLANNER, Role.DUTY}) | DECIDERS
POLICY_OWNERS = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})
AUDITORS = frozenset({Role.DATA_PROTECTION, Role.SENIOR_MANAGER, Role.DIRECTOR})

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class ForRoles(AccessMixin):
    """A view for colleagues who hold one of `who`. Others are sent to sign in, or refused without a word more."""

    who: frozenset[Role] = frozenset()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated:
            return self.handle_no_permission()
        if not user.actor.has(*self.who):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]


def for_roles(who: frozenset[Role]) -> Callable[[V], V]:
    """The same for a view that is a function. The view carries `who`, so that a test can walk them all."""

    def guard(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not user.actor.has(*who):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.who = who  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def may_open(actor: Actor, href: str) -> bool:
    """Whether the page is for one of the colleague's roles: a link that would be refused is not offered."""
    who = who_may_open(href)
    return who is not None and actor.has(*who)


def who_may_open(href: str) -> frozenset[Role] | None:
    """The roles that a page is for, any role where it names none; None where there is no such page."""
    try:
        view = resolve(href.partition("?")[0]).func
    except Resolver404:
        return None
    who: frozenset[Role] | None = getattr(getattr(view, "view_class", view), "who", None)
    return EVERYONE if who is None else who


def asker(actor: Actor) -> Asker:
    """Who asks what to do today, as far as it decides what they may see of why."""
    return Asker.CASEWORKER if actor.has(*CASEWORKERS) else Asker.COLLEAGUE


def may_use(actor: Actor, route: str) -> bool:
    """As `may_open`, by the name of the page's route: many times quicker, where a page offers every verb there is."""
    who = _for_whom().get(route, frozenset())
    return who is None or actor.has(*who)


@cache
def _for_whom() -> dict[str, frozenset[Role] | None]:
    """For whom the view of each named route is; None where it does not say, and so is for everyone."""
    return {name: getattr(getattr(view, "view_class", view), "who", None) for name, view in _named(get_resolver())}


def _named(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., HttpResponseBase]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern)
        elif pattern.name:
            yield pattern.name, pattern.callback
