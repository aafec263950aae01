"""C2: how all of a customer's contacts are told to them: what was ours first, and what no record shows."""

from collections.abc import Iterator

from evenhand.policy.demand import sentence
from evenhand.policy.demand.untold import Mark
from evenhand.policy.demand.year import Year


def fair(year: Year) -> str:
    """ "From … to … you contacted us 5 times. All 5 came while our work was late or not done. …"."""
    days = f"From {sentence.days_of(year.days)}"
    if not year.contacts:
        return f"{days} you did not contact us."
    good = year.contacts - year.counted - year.ours
    told = [f"{days} you contacted us {sentence.counted(year.contacts, 'time')}."]
    if year.ours:
        told.append(f"{_of(year.ours, year.contacts)} came while our work was late or not done.")
    if good:
        told.append(
            f"{good} more had another good reason." if year.ours else f"{_of(good, year.contacts)} had a good reason."
        )
    if not year.counted:
        told.append("We do not count any of them." if year.contacts > 1 else "We do not count it.")
    elif year.counted < year.contacts:
        told.append(f"We do not count these. That leaves {year.counted}.")
    else:
        none, it = ("It did not come", "it") if year.contacts == 1 else ("None came", "them")
        told.append(f"{none} while our work was late, and no other reason not to count {it} is recorded.")
    return " ".join(told)


def not_counted(year: Year) -> str:
    """Each reason for not counting, with how many; empty where all count, or where `fair` says as much."""
    told = sentence.left_out_of(year.left_out)
    if len(told) == 1 and year.ours:
        return ""
    return f"We did not count: {'; '.join(told)}." if told else ""


def not_shown(marks: list[Mark]) -> Iterator[str]:
    """What could not be measured for want of a mark: nothing that anybody did or did not do."""
    kinds = [mark.words("you") for mark in marks if mark is not Mark.MINUTES]
    if kinds:
        yield f"Our records do not show {', or '.join(kinds)}, so this cannot be measured."
    if Mark.MINUTES in marks:
        yield f"Our records do not show {MINUTES}, so we cannot say whether it was more than usual."


MINUTES = "how long many of your contacts took"


def _of(number: int, contacts: int) -> str:
    if number < contacts:
        return f"{number} of these"
    return "It" if contacts == 1 else f"All {contacts}"
