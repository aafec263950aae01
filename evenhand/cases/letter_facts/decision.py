"""I2, D1, E1: the letters that ask for an account, warn, and tell of a finding."""

from evenhand.cases.correspondence import Account, LetterData, Warned
from evenhand.cases.letter_facts import conduct
from evenhand.cases.letter_facts.telling import Telling, continued, sentence
from evenhand.policy.events.decision import FindingMade
from evenhand.policy.events.investigation import (
    AccountHeard,
    CustomerInvited,
    HowOftenViewed,
    InvestigationPaused,
    InvestigationResumed,
    Pause,
)
from evenhand.policy.events.warning import WarningGiven


def invitation(telling: Telling, event: CustomerInvited) -> LetterData:
    """An invitation to give an account, or a reminder of it."""
    asked_on = tuple(e.on for e in telling.every(CustomerInvited) if e is not event)
    how = tuple(continued(line) for line in event.how.splitlines() if line.strip())
    return telling.data(
        conduct=conduct.items(telling.conducting),
        account=Account(by=event.reply_by, how=(*telling.ways, *how), asked_on=asked_on),
    )


def warning(telling: Telling, event: WarningGiven) -> LetterData:
    """What may follow if it goes on, and what is expected. After a finding it tells only what was found."""
    return telling.data(
        conduct=conduct.items(telling.conducting, only=telling.case.decision.adverse),
        warning=Warned(
            may_follow=continued(event.if_it_goes_on).removeprefix("we may "),
            expected=sentence(event.expected),
            until=event.counts_until,
        ),
    )


def finding(telling: Telling, event: FindingMade) -> LetterData:
    """What was found of each thing alleged, why, and why it was more than forceful (C3)."""
    heard = telling.last(AccountHeard)
    adverse = frozenset(each for each, found in event.found if found.is_adverse)
    mixed = len(adverse) < len(event.found)
    return telling.data(
        conduct=conduct.items(telling.conducting, event.found),
        to_stop=conduct.items(telling.conducting, event.found, only=adverse) if mixed and adverse else (),
        reasons=event.reasons,
        often=_often(telling.last(HowOftenViewed)),
        beyond_forceful=event.beyond_forceful,
        heard=f"You said: “{telling.quoted(heard.words.strip())}”" if heard else "",
        police_told=police_told(telling),
    )


def no_action(telling: Telling, event: FindingMade) -> LetterData:
    """That nothing alleged needs anything of the customer."""
    return telling.data(conduct=conduct.items(telling.conducting), reasons=event.reasons)


def police_told(telling: Telling) -> bool:
    """Whether the letter says that the police were told: not while they have asked us to wait."""
    waits = False
    for event in telling.history:
        match event:
            case InvestigationPaused(why=Pause.POLICE):
                waits = True
            case InvestigationResumed():
                waits = False
    return bool(telling.case.police.reports) and not waits


def _often(viewed: HowOftenViewed | None) -> str:
    if viewed is None or not viewed.earlier:
        return ""
    times = {1: "once", 2: "twice"}.get(viewed.earlier, f"{viewed.earlier} times")
    since = f" since {viewed.since:%-d %B %Y}" if viewed.since else ""
    return f"Something like this has happened {times} before{since}."
