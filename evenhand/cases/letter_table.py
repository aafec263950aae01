"""docs/letters.md: every letter, when it is sent, what it must say and in which formats. Read from the code itself."""

import ast
import inspect
from collections.abc import Iterator

from evenhand.cases.composing import PLACE
from evenhand.cases.letter_folder import PACKED
from evenhand.cases.letter_kind import Kind
from evenhand.cases.wording import Register, wording_of
from evenhand.policy import letter, statement
from evenhand.policy.events.catalogue import KINDS
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.need import LetterFormat

SAYS = {
    "what": "what it is about",
    "why": "why",
    "looked": "what was looked at",
    "next": "what happens next",
    "complain": "how to complain",
    "ombudsman": "the nation’s Ombudsman",
    "advocate": "where to find an advocate",
    "undecided": "that nothing is decided",
    "account.invite": "how to give their side",
    "account.support": "that someone may help them give it",
    "until": "until when, or by when",
    "decision": "what was decided",
    "stop": "that they must stop",
    "forceful": "why it was more than forceful or determined",
    "limits.how": "how, how often and when they can contact us",
    "emergency.route": "how emergencies get through",
    "appeal.route": "how to appeal",
    "appeal.last_day": "the last day to appeal",
    "appeal.help": "who can appeal for them",
    "marker.shows": "how the marker shows",
    "marker.audience": "who sees the marker",
    "rights.see": "the right to see what is held",
    "rights.correct": "the right to have it put right",
    "rights.object": "the right to object",
    "rights.ico": "the Information Commissioner",
    "respond": "how to tell us what they think",
    "shares": "what was shared",
    "withdraw": "how to change their mind",
    "advice": "where to get legal advice",
}
"""Each statement that some letter must make, in words. One that is missing here fails the writing of the table."""


def written() -> str:
    """The document, as Markdown."""
    made_at_once = [f.value for f in LetterFormat if not f.is_made_elsewhere]
    ordered = [f.value for f in LetterFormat if f.is_made_elsewhere]
    lines = [
        "# The letters",
        "",
        "Made from the code by `evenhand documents`; the check fails when it is stale.",
        "",
        "Each letter is drafted in the transaction of the act that calls for it: an act whose letter would leave out "
        "any of the statements below is refused. A person approves it, which dates it, fixes its last day to appeal, "
        "and stores its bytes. While a limit on contact holds, every letter gives the emergency route too.",
        "",
        f"Every letter can be had as {', '.join(made_at_once)}.",
        f"Ordered from people, and recorded when delivered, which alone then starts the time to appeal: "
        f"{', '.join(ordered)}.",
        "",
        f"Every letter says {_listed(statement.ALWAYS)}.",
        "",
    ]
    for kind in LetterKind:
        lines += [*_section(kind), ""]
    lines += [*_answer(), ""]
    return "\n".join(lines)


def _answer() -> Iterator[str]:
    """The one letter that no case calls for."""
    kind = Kind.OBJECTION_ANSWER
    yield f"## {kind.value.replace('_', ' ').capitalize()}"
    yield ""
    yield f"“{wording_of(kind, PACKED).title[Register.STANDARD]}”"
    yield ""
    yield "- Sent when: a customer who objected to how often they were counted is answered. No case is behind it."
    yield "- Approved by: a manager; unsent on the day by which it is owed, it stands on every manager’s first page"
    yield f"- Says besides: {_listed(statement.OBJECTION_ANSWER - statement.ALWAYS)}"


def _section(kind: LetterKind) -> Iterator[str]:
    facts = [found for event, found in calls() if event[1] is kind]
    yield f"## {kind.value.replace('_', ' ').capitalize()}"
    yield ""
    yield f"“{PLACE.sub('…', wording_of(Kind(kind.value), PACKED).title[Register.STANDARD])}”"
    yield ""
    yield f"- Sent after: {', '.join(f'`{event[0]}`' for event, _ in calls() if event[1] is kind)}"
    adverse, appealable = (any(fact[n] for fact in facts) for n in (0, 1))
    who = "a manager; unsent, it escalates" if adverse else "an investigator or a manager"
    yield f"- Approved by: {who}"
    says = statement.must_say(kind, appealable=appealable, limits_contact=False) - statement.ALWAYS
    yield f"- Says besides: {_listed(says) if says else 'nothing more'}"


def calls() -> list[tuple[tuple[str, LetterKind], tuple[bool, bool]]]:
    """Which kind of event calls for which letter, read from the cases of `policy.letter.called_for`.

    Each as ((event, letter), (adverse, appealable)), in the order in which the policy lists them.
    """
    tree = ast.parse(inspect.getsource(letter))
    found = [pair for case in ast.walk(tree) if isinstance(case, ast.match_case) for pair in _of_case(case)]
    unknown = {event for (event, _), _ in found} - KINDS.keys()
    assert not unknown, f"These are no events: {unknown}"
    return list(dict.fromkeys(found))


def _of_case(case: ast.match_case) -> Iterator[tuple[tuple[str, LetterKind], tuple[bool, bool]]]:
    events = [p.cls.id for p in ast.walk(case.pattern) if isinstance(p, ast.MatchClass) and isinstance(p.cls, ast.Name)]
    made = [n for n in ast.walk(case) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    for call in (each for each in made if isinstance(each.func, ast.Name) and each.func.id == "Letter"):
        kind = call.args[0]
        assert isinstance(kind, ast.Attribute)
        # What hangs on more than the kind of event is told as it may be: adverse.
        says = {k.arg: not isinstance(k.value, ast.Constant) or k.value.value is True for k in call.keywords}
        for event in events:
            yield (event, LetterKind[kind.attr]), (says.get("adverse", False), says.get("appealable", False))


def _listed(statements: frozenset[str]) -> str:
    """In the order of `SAYS`, so that the table is always the same. Raises KeyError for one without words."""
    order = list(SAYS)
    return ", ".join(SAYS[each] for each in sorted(statements, key=lambda each: (each not in SAYS, order.index(each))))
