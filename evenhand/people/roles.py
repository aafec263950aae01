"""Who may be given which roles, and by whom: nobody gives themselves one, and an administrator always stays."""

from collections.abc import Iterable

from django.db import transaction

from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import Role


def held_by(chosen: Iterable[Role]) -> list[Role]:
    """What choosing these roles amounts to. Everyone who works here is a plain colleague too; an independent person
    comes from outside and is nothing else, or raises `NotDone`."""
    roles = set(chosen)
    if Role.INDEPENDENT not in roles:
        return [role for role in Role if role in roles | {Role.COLLEAGUE}]
    if roles - {Role.INDEPENDENT, Role.COLLEAGUE}:
        raise NotDone("An independent person comes from outside, so they hold no other role. Choose one or the other.")
    return [Role.INDEPENDENT]


@transaction.atomic
def give(user: User, chosen: Iterable[Role], by: User) -> tuple[list[Role], list[Role]]:
    """Gives a colleague these roles in place of those they had. Out: what was added and what was taken away.

    Raises `NotDone` for a role given to oneself, and for taking away the last administrator.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    roles = held_by(chosen)
    before = [Role(role) for role in user.roles]
    added = [role for role in roles if role not in before]
    taken = [role for role in before if role not in roles]
    if added and user.pk == by.pk:
        raise NotDone("You cannot give yourself a role. Ask another administrator, or add one first.")
    if Role.ADMINISTRATOR in taken:
        someone_stays(user)
    user.roles = [role.value for role in roles]
    user.save(update_fields=["roles"])
    return added, taken


def someone_stays(user: User) -> None:
    """Raises `NotDone` if the user is the last administrator who works here. Holds the others until the transaction
    ends, so that two who take each other's role away do not both succeed."""
    others = User.objects.select_for_update().order_by("pk")
    there = others.filter(is_active=True, roles__contains=[Role.ADMINISTRATOR.value]).values_list("pk", flat=True)
    if set(there) <= {user.pk}:
        raise NotDone(f"{user.name} is the last administrator. Give someone else that role first.")
