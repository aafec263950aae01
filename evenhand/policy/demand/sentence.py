"""C2: what a measure says, in sentences that a colleague and a customer can both read and answer.

They say what happened and on which days, never what kind of person someone is.
"""

from datetime import date

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.comparison import Basis
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.measure import Measure

_SHOWN = {
    Conduct.REPEATED_CONTACT: "{figure} contacts were about matters we still had time to answer, each within days of "
    "the one before and with nothing new in it",
    Conduct.EXCESSIVE_EMAILS: "{figure} emails and other written messages came",
    Conduct.IMMEDIATE_RESPONSES: "{figure} contacts came several within hours, about a matter that was in time",
    Conduct.SENIOR_ONLY: "{figure} contacts asked for someone more senior",
    Conduct.NOT_SPECIFIC: "{figure} contacts did not say what they were about",
    Conduct.SETTLED_ISSUES: "{figure} contacts were about matters closed and done, after a first one about each",
    Conduct.EXHAUSTED_COMPLAINT: "{figure} contacts were about a complaint that had been through our whole procedure, "
    "after a first one",
}


def in_words(day: date) -> str:
    """A day as every page writes it: "3 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def days(one: Measure) -> str:
    """The window: "2 March 2026 to 29 March 2026"."""
    return f"{in_words(one.window.first)} to {in_words(one.window.last)}"


def shown(one: Measure) -> str:
    """What was counted: "From … to …, 24 contacts were …, of 25 that count.\""""
    what = _SHOWN[one.kind].format(figure=one.figure)
    return f"From {days(one)}, {what}. In those days {one.counted} of {one.all_contacts} contacts count."


def fair_reading(one: Measure) -> str:
    """What of it was ours, first of all: "31 of 38 contacts came while our work was late or not done.\""""
    if one.ours:
        return f"{one.ours} of {one.all_contacts} contacts came while our work was late, or closed and not done."
    if one.counted < one.all_contacts:
        return f"{one.all_contacts - one.counted} of {one.all_contacts} contacts had a good reason and are not counted."
    return "None of the contacts came while our work was late, and no other reason for them is recorded."


def beside_others(one: Measure) -> str:
    """How much of colleagues' time it took, and how that stands beside others."""
    beside = one.comparison
    if not beside.peers:
        return f"It took {one.minutes} minutes. There is nobody to compare it with."
    usual = f"{round(beside.median)} minute{'' if round(beside.median) == 1 else 's'}"
    place = "the most" if beside.rank == 1 else f"place {beside.rank}"
    of_all = f"{100 * beside.share:.1f}% of all colleagues’ time with customers"
    told = f"It took {one.minutes} minutes, {of_all}, from {counted(len(one.teams), 'team')}. "
    told += f"The usual is {usual}: that is {place} of {beside.peers + 1}, compared with {beside.basis.words}."
    return told


def left_out(one: Measure) -> list[str]:
    """Each reason for not counting contacts, with how many: "12 contacts came while we were late.\""""
    told = sorted(one.left_out.items(), key=lambda item: (-item[1], list(Reason).index(item[0])))
    return [f"{counted(number, 'contact')} {as_many(reason.words, number)}" for reason, number in told]


def cautions(one: Measure) -> list[str]:
    """What speaks for caution: a need on record, what the log does not show, too few to compare with."""
    told = []
    if one.needs:
        told.append(f"On record they need: {', '.join(sorted(need.value for need in one.needs))}.")
    told += [f"The log does not show {column.words}." for column in one.missing]
    if one.comparison.basis is not Basis.SAME:
        told.append(f"Fewer than enough had as many open matters: it is compared with {one.comparison.basis.words}.")
    return told


def counted(number: int, what: str) -> str:
    """ "1 contact", "2 contacts"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def as_many(words: str, number: int) -> str:
    """The verb that fits one: "were ours" becomes "was ours"."""
    return f"was{words.removeprefix('were')}" if number == 1 and words.startswith("were") else words
