"""C2: what a measure says, in sentences that a colleague and a customer can both read and answer.

They say what happened and on which days, never what kind of person someone is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.comparison import Basis, Comparison
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.window import Window

_SHOWN = {
    Conduct.REPEATED_CONTACT: "{times} {they} contacted us again about something that was not due yet, soon after the "
    "last time and with nothing new to tell",
    Conduct.EXCESSIVE_EMAILS: "{they} sent {messages}",
    Conduct.IMMEDIATE_RESPONSES: "{figure} contacts came close together, several within a few hours, "
    "about something that was not due yet",
    Conduct.SENIOR_ONLY: "{times} {they} asked for someone more senior",
    Conduct.NOT_SPECIFIC: "{times} {they} did not say what it was about",
    Conduct.SETTLED_ISSUES: "{times} {they} came back to something that was closed and done",
    Conduct.EXHAUSTED_COMPLAINT: "{times} {they} came back to a complaint that had been through our whole procedure",
}
_USUALLY = {
    Basis.SAME: "Customers with as many matters open usually take {usual}.",
    Basis.FOR_EACH: "Too few customers had as many matters open. Going by each matter, others usually take {usual}.",
    Basis.ANYONE: "Too few customers had matters of these kinds open. Going by each matter of any kind, others usually "
    "take {usual}.",
    Basis.TOO_FEW: "Too few other customers contacted us to compare with. Those who did usually took {usual}.",
}
_OFTEN = {1: "once", 2: "twice"}


def in_words(day: date) -> str:
    """A day as every page writes it: "3 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def days(one: Measure) -> str:
    """The window: "2 March 2026 to 29 March 2026"."""
    return days_of(one.window)


def days_of(window: Window) -> str:
    """Days that were kept, or of no measure."""
    return f"{in_words(window.first)} to {in_words(window.last)}"


def told_within(found: Iterable[Measure], span: Window) -> tuple[Measure, ...]:
    """Measures as they are told: of the days that were asked about, and of none before them or still to come."""
    return tuple(replace(one, window=one.window.within(span)) for one in found)


def what(one: Measure, they: str) -> str:
    """What was counted, without the days. `they` is "they" or "you": "23 times you asked for someone more senior"."""
    return what_of(one.kind, one.figure, they)


def what_of(kind: Conduct, figure: int, they: str) -> str:
    """The same of numbers that were kept."""
    messages = "1 email or other written message" if figure == 1 else f"{figure} emails and other written messages"
    told = _SHOWN[kind].format(figure=figure, times=counted(figure, "time"), messages=messages, they=they)
    return told[0].upper() + told[1:]


def shown(one: Measure) -> str:
    """What was counted, when, and out of how many contacts."""
    told = f"{what(one, 'they')}. That was from {days(one)}. "
    if one.counted == one.all_contacts:
        return f"{told}All {one.counted} contacts in those days count."
    return f"{told}{one.counted} of the {one.all_contacts} contacts in those days count{'s' * (one.counted == 1)}."


def fair_reading(one: Measure) -> str:
    """What of it was ours, first of all: how many came while our work was late or not done."""
    return fair_of(one.ours, one.counted, one.all_contacts)


def fair_of(ours: int, count: int, all_contacts: int) -> str:
    """The same of numbers that were kept: how many contacts were ours, how many count, how many there were."""
    if ours:
        return f"{ours} of {all_contacts} contacts came while our work was late or not done."
    if count < all_contacts:
        return f"{all_contacts - count} of {all_contacts} contacts had a good reason."
    return f"None of the {all_contacts} contacts came while our work was late, and no other reason is recorded."


def beside_others(one: Measure) -> str:
    """How much of colleagues' time it took, and how that stands beside others."""
    beside = one.comparison
    teams = f", in {len(one.teams)} teams" if len(one.teams) > 1 else ""
    told = f"{took(one)}{teams}. {usually(beside)}"
    if not beside.peers:
        return told
    more = "nobody took more" if beside.rank == 1 else f"{beside.rank - 1} took more"
    of_all = f"{100 * beside.share:.1f}% of the time that all customers’ contacts took"
    return f"{told} Of the {beside.peers} we compared with, {more}. This was {of_all}."


def took(one: Measure) -> str:
    """ "The contacts that count took 3 hours 53 minutes of our colleagues' time"."""
    return f"The contacts that count took {duration(one.minutes)} of our colleagues’ time"


def usually(beside: Comparison) -> str:
    """What others take, and with whom the comparison is."""
    return usually_of(beside.basis, beside.peers, beside.median)


def usually_of(basis: Basis, peers: int, median: float) -> str:
    """The same of numbers that were kept: with whom, how many, and what the middle one of them took, in minutes."""
    if not peers:
        return "There is nobody to compare with."
    return _USUALLY[basis].format(usual=f"about {duration(round(median))}")


def left_out(one: Measure) -> list[str]:
    """Each reason for not counting contacts, with how many of them there were."""
    return left_out_of(one.left_out)


def left_out_of(numbers: Mapping[Reason, int]) -> list[str]:
    """The same of numbers that were kept."""
    told = sorted(numbers.items(), key=lambda item: (-item[1], list(Reason).index(item[0])))
    return [f"{counted(number, 'contact')} {as_many(reason.words, number)}" for reason, number in told]


def cautions(one: Measure) -> list[str]:
    """What speaks for caution: a need on record, what came after ours, what the log lacks, a rough comparison."""
    told = []
    if one.needs:
        told.append(f"Needs on record: {', '.join(sorted(need.value for need in one.needs))}. This may be why.")
    if one.after_ours:
        told.append(f"{after_ours(one, 'them')}: see whether we had asked something.")
    told += [f"Our records do not show {column.words}." for column in one.missing]
    if one.comparison.basis is not Basis.SAME:
        told.append("Too few customers had as many matters open, so the comparison is a rough one.")
    return told


def after_ours(one: Measure, them: str) -> str:
    """ "19 of the 20 contacts that count came within 7 days after we had contacted them about the same thing"."""
    return after_ours_of(one.after_ours, one.counted, one.reply_days, them)


def after_ours_of(after: int, count: int, within: int, them: str) -> str:
    """The same of numbers that were kept. `them` is "them" or "you"."""
    of_all = f"{after} of the {counted(count, 'contact')} that count{'s' * (count == 1)}"
    return f"{of_all} came within {counted(within, 'day')} after we had contacted {them} about the same thing"


def duration(minutes: int) -> str:
    """ "1 minute", "90 minutes", "3 hours 53 minutes"."""
    if minutes < 120:
        return counted(minutes, "minute")
    hours, rest = divmod(minutes, 60)
    return f"{counted(hours, 'hour')} {counted(rest, 'minute')}" if rest else counted(hours, "hour")


def counted(number: int, what: str) -> str:
    """ "1 contact", "2 contacts"; of times "once", "twice", "3 times"."""
    if what == "time" and number in _OFTEN:
        return _OFTEN[number]
    return f"{number} {what}{'' if number == 1 else 's'}"


def as_many(words: str, number: int) -> str:
    """The verb that fits one: "were ours" becomes "was ours"."""
    return f"was{words.removeprefix('were')}" if number == 1 and words.startswith("were") else words
