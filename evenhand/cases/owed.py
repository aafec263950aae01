"""C4: to which colleague each task of looking after someone is owed, for those whose task it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from evenhand.cases import log, models
from evenhand.cases.log import Entry

LOOKING_AFTER = "incident.look_after"
TELLING = ("ColleagueAffected",)


def owed_to(tasks: Iterable[models.Task]) -> Mapping[tuple[str, str], str]:
    """In: tasks that their reader may see. Out: by the case's reference and the task's subject, the actor id of the
    colleague, or the name of one whom the landlord alone knows. However many there are, it asks the database once.
    """
    references = {task.case_id: task.case.reference for task in tasks if task.verb == LOOKING_AFTER}
    if not references:
        return {}
    told = models.Event.objects.filter(case__in=list(references), kind__in=TELLING, facts__isnull=False)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for event in told.select_related("facts").order_by("case_id", "number"):
        entries[event.case_id].append(Entry(event.number, log.read(event)))
    return {
        (references[case], affected.id): affected.colleague
        for case, found in entries.items()
        for affected in log.case_of(found).incident.affected
    }
