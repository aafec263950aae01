"""S1, S2: whether the customer was asked what makes things harder, and what help was agreed."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import PersonIdentified
from evenhand.policy.events.support import (
    Agency,
    ConsentWithdrawn,
    ReferralEnded,
    ReferralMade,
    ReferredWithoutConsent,
    SupportAnswered,
    SupportAsked,
    SupportDeclined,
)


@dataclass(frozen=True, slots=True)
class Referral:
    id: str
    with_consent: bool
    follow_up_on: date | None = None
    ended: bool = False
    agency: Agency = Agency.OTHER
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Support:
    asked: bool = False
    answered: bool = False
    declined: bool = False
    referrals: tuple[Referral, ...] = ()

    def get(self, id: str | None) -> Referral | None:
        return next((r for r in self.referrals if r.id == id), None)

    @property
    def shared_with_a_partner(self) -> bool:
        """Whether the customer's agreement that a Customer Partner helps them holds (S2)."""
        return any(r.agency is Agency.CUSTOMER_PARTNER and not r.withdrawn for r in self.referrals)

    @property
    def settled(self) -> bool:
        return self.answered or self.declined


def moved(thread: Support, event: Event) -> Support:
    match event:
        case PersonIdentified():
            return replace(thread, asked=False, answered=False, declined=False)  # asked of somebody else
        case SupportAsked():
            return replace(thread, asked=True)
        case SupportAnswered():
            return replace(thread, asked=True, answered=True)
        case SupportDeclined():
            return replace(thread, asked=True, declined=True)
        case ReferralMade():
            made = Referral(event.referral, with_consent=True, follow_up_on=event.follow_up_on, agency=event.agency)
            return replace(thread, referrals=(*thread.referrals, made))
        case ReferredWithoutConsent():
            return replace(thread, referrals=(*thread.referrals, Referral(event.referral, with_consent=False)))
        case ConsentWithdrawn(referral=id):
            return _change(thread, id, ended=True, withdrawn=True)
        case ReferralEnded(referral=id):
            return _change(thread, id, ended=True)
    return thread


def _change(thread: Support, id: str, **changes: bool) -> Support:
    return replace(
        thread,
        referrals=tuple(replace(r, **changes) if r.id == id else r for r in thread.referrals),  # type: ignore[arg-type]
    )
