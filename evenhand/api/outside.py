"""E1: which of the contacts that a system has just sent came outside a limit, for a key that may know of limits."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from evenhand.api.looking import recipient
from evenhand.cases import outside
from evenhand.doors.clock import now
from evenhand.sharing import admission, ledger
from evenhand.sharing.admission import Caller
from evenhand.sharing.ledger import Told
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.disclosure import How
from evenhand.sharing.models.key import Audience, Scope

WHY = "A contact that it sent came outside a limit"


class Outside(BaseModel):
    """A contact that came outside a limit. It is taken in, and a colleague reads it for a hazard."""

    model_config = ConfigDict(extra="forbid", title="ContactOutside")
    row: int = Field(description="Which of the contacts that were sent, from 1.")
    contact_ref: str
    code: Literal["outside"] = "outside"


def outside_among(caller: Caller, sent: Mapping[int, int], references: Sequence[str]) -> list[Outside] | None:
    """Those outside among the contacts that were sent. In: their places by contact, and their references by place.

    To say so is to tell of a limit: who may not check people is not told, and the ledger keeps who was (rule 14).
    They are judged all the same: by a worker, and here, where the key may know.
    """
    if Scope.CHECK not in caller.scopes or caller.audience is not Audience.COLLEAGUES:
        return None
    if not sent:
        return []
    moment = now()
    found = outside.judge(moment, list(sent)).outside
    crossed = outside.crossed(found)
    if not admission.ask_about(caller, {each.person for each in crossed}):
        return None
    kinds = {True: ControlKind.SINGLE_CONTACT, False: ControlKind.LIMIT}
    told = [Told(each.case, each.limit, kinds[each.is_single_contact], each.person) for each in crossed]
    ledger.disclose(recipient(caller), told, How.API, moment.at, why=WHY)
    still = frozenset().union(*(each.contacts for each in crossed))
    return [Outside(row=place + 1, contact_ref=references[place]) for place in sorted(sent[key] for key in still)]
