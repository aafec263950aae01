"""Was every look logged, exactly once? And is everyone who was told of a control on the ledger (rule 14)?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.utils import timezone

from evenhand.cases import feed
from evenhand.people.models import Look
from evenhand.sharing.models import Disclosure, Followed, Recall
from evenhand.sharing.models.change import ChangeKind
from evenhand.sharing.models.disclosure import RecipientKind
from tests.soak.asking import Asked
from tests.soak.compare import Compared
from tests.soak.setting import Setting

OVER = [kind.value for kind in ChangeKind if kind.is_over]
Named = tuple[str, str]


def not_logged_once(asked: Iterable[Asked]) -> Iterator[str]:
    """Faults of the log of looks. A question that never got an answer may have been logged, and not twice."""
    logged = Counter(Look.objects.filter(purpose__startswith="soak ").values_list("purpose", flat=True))
    for each in asked:
        found = logged.pop(each.question.purpose, 0)
        if found != 1 and not (each.status != 200 and found == 0):
            yield f"{each.question.purpose} was logged {found} times."
    yield from (f"{purpose} was logged, and never asked." for purpose in logged)


def logged_of_another(compared: Iterable[Compared]) -> Iterator[str]:
    """Looks that name somebody else than the answer was about."""
    rows = Look.objects.filter(purpose__startswith="soak ").values_list("purpose", "reference")
    logged = dict(rows)
    for each in compared:
        names = {f"{state.source}:{state.ref}" for state in each.fits if state is not None}
        if names and logged.get(each.asked.question.purpose) not in names:
            yield f"{each.asked.question.purpose} was logged of another."


def not_on_the_ledger(told: Setting, compared: Iterable[Compared]) -> Iterator[str]:
    """What a system was told of and is not on the ledger; and what is on it and was in no answer to that system."""
    kept: dict[str, set[Named]] = defaultdict(set)
    for to, case, control in Disclosure.objects.filter(to_kind=RecipientKind.SYSTEM).values_list(
        "to_id", "case", "control"
    ):
        kept[to].add((case, control))
    ever: dict[str, set[Named]] = defaultdict(set)
    for each in compared:
        to = f"key:{told.systems[each.asked.question.system].key}"
        choices = [{(c.case, c.id) for c in state.held.told} for state in each.fits if state is not None]
        if choices and not any(choice <= kept[to] for choice in choices):
            yield f"{each.asked.question.purpose} told of what is not on the ledger."
        ever[to].update(*choices)
    for to, names in kept.items():
        yield from (
            f"{to} is on the ledger of {case} {control} and was never told." for case, control in names - ever[to]
        )


def not_recalled() -> Iterator[str]:
    """Rows of the ledger whose control is over and that no word of theirs is waited for; receivers have heard."""
    live = {(control.case, control.control) for control in feed.live(timezone.localdate())}
    waiting = set(Recall.objects.filter(what__in=OVER, confirmed_at=None).values_list("disclosure_id", flat=True))
    heard = set(Recall.objects.filter(what__in=OVER).exclude(told_at=None).values_list("disclosure_id", flat=True))
    for row in Disclosure.objects.all():
        over = (row.case, row.control) not in live
        if over and row.pk not in waiting:
            yield f"{row} is over, and no confirmation is waited for."
        if over and row.to_kind == RecipientKind.RECEIVER and row.pk not in heard:
            yield f"{row} is over, and its receiver was not told."
        if not over and row.pk in waiting:
            yield f"{row} is still so, and its confirmation is waited for."


def not_called_back_to_the_newest() -> Iterator[str]:
    """Whoever knows an older version of what is still so, and no news of the newest waits for them."""
    newest = {(row.case, row.control): row.version for row in Followed.objects.filter(over=False)}
    news = defaultdict(int)
    for disclosure, version in Recall.objects.filter(what=ChangeKind.CHANGED).values_list("disclosure_id", "version"):
        news[disclosure] = max(news[disclosure], version)
    for row in Disclosure.objects.all():
        version = newest.get((row.case, row.control))
        if version is not None and row.version < version and news[row.pk] < version:
            yield f"{row} knows version {row.version} of {version}, and has no news of it."


def ended_rows() -> int:
    """How many rows of the ledger wait for the word that an ended control was let go."""
    return Recall.objects.filter(what__in=OVER, confirmed_at=None).count()
