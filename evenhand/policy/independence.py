"""Rules 5, 21 and 22: who must stand aside. Objections that several verbs share."""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection
from evenhand.policy.staff import Role


def objections_to_acting(case: Case, now: Occasion) -> Iterator[Objection]:
    """Nobody who is the customer, lives with them, or stood aside may do anything in the case."""
    if now.by.id in now.known.colleagues_too:
        yield Objection(
            "You are, or live with, the person this case is about, so you cannot act in it.", Promise.I1, for_good=True
        )
    if now.by.id in case.involvement.conflicted:
        yield Objection("You declared a conflict of interest, so someone else must do this.", Promise.I1, for_good=True)


def objections_to_deciding(case: Case, now: Occasion, promise: Promise, *roles: Role) -> Iterator[Objection]:
    """Who decides holds one of the roles, as `promise` asks, and was not the target of what is decided about."""
    yield from objections_to_acting(case, now)
    if not now.by.has(*roles):
        yield Objection(f"Only {either(roles)} may do this.", promise, for_good=True)
    yield from objections_to_a_target(case, now)


def objections_to_a_target(case: Case, now: Occasion) -> Iterator[Objection]:
    """Whoever was the target of the behaviour decides nothing about it, and does not look into it (rule 5)."""
    if now.by.id in was_affected(case, now):
        yield Objection(
            "You were affected by what happened, so a colleague who was not must decide.",
            Promise.I1,
            "handling.assign",
            for_good=True,
        )


def was_affected(case: Case, now: Occasion) -> frozenset[str]:
    """Who was the target of the behaviour in this case, or in one that is linked to it."""
    return case.involvement.targets | now.affected_in_linked


def objections_to_a_target_elsewhere(case: Case, now: Occasion) -> Iterator[Objection]:
    """A sealed matter has no report of its own: the targets are those of the person's cases."""
    if case.handling.matter.is_sealed and now.by.id in now.known.affected:
        yield Objection(
            "You were affected by what this person did, so a colleague who was not must act.", Promise.I1, for_good=True
        )


def objections_to_a_closed_case(case: Case) -> Iterator[Objection]:
    if case.handling.closed:
        yield Objection("The case is closed. Reopen it first.", Promise.I1, "handling.reopen")


def objections_to_a_death(case: Case, now: Occasion) -> Iterator[Objection]:
    """Death stops letters and ends controls at once (rule 10)."""
    if case.handling.person_died or now.known.died_on is not None:
        yield Objection("The person has died: nothing more is decided about them.", Promise.D1, "handling.close")


def objections_to_the_unnamed(case: Case, now: Occasion) -> Iterator[Objection]:
    """A sealed matter is for those named in it alone."""
    if case.handling.matter.is_sealed and now.by.id not in case.involvement.named:
        yield Objection("You are not named in this matter.", Promise.L1)


def either(roles: tuple[Role, ...]) -> str:
    """The roles as words: "a manager, a senior manager or a director"."""
    words = [f"{'an' if role.value[0] in 'aeiou' else 'a'} {role.value}" for role in roles]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
