"""The policy's numbers: those it states, those the law fixes, and those it leaves to the landlord, within bounds."""

from calendar import monthrange
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any


class Nation(StrEnum):
    """Where the landlord lets its homes: fixes bank holidays and the ombudsman."""

    ENGLAND = "England"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


def bounded(default: int, least: int, most: int, words: str) -> Any:
    """A number a landlord may set, from `least` to `most`; `words` is its label on the administrators' page."""
    return field(default=default, metadata={"least": least, "most": most, "words": words})


@dataclass(frozen=True, slots=True)
class Terms:
    """The numbers one decision is made under. Days are working days and months are calendar months."""

    marker_review_months: int = bounded(6, 1, 6, "Months until a marker is reviewed")
    limit_months: int = bounded(6, 1, 12, "Months until limits on contact end")
    provisional_confirm_days: int = bounded(1, 1, 2, "Working days to confirm a provisional marker")
    provisional_assess_days: int = bounded(2, 1, 5, "Working days to assess a provisional marker")
    provisional_decide_days: int = bounded(20, 5, 30, "Working days to decide or renew a provisional marker")
    triage_days: int = bounded(2, 1, 5, "Working days to triage a report")
    first_contact_days: int = bounded(5, 1, 10, "Working days to first contact the customer")
    decide_days: int = bounded(30, 10, 60, "Working days to decide a case")
    attempts: int = bounded(3, 2, 6, "Attempts, each on its own day, before deciding without the account")
    appeal_lodge_days: int = bounded(20, 10, 60, "Working days to ask for an appeal")
    appeal_decide_days: int = bounded(20, 5, 40, "Working days to decide an appeal")
    review_notice_days: int = bounded(20, 5, 40, "Working days’ notice of a review")
    review_request_days: int = bounded(20, 5, 40, "Working days to answer a customer’s request for a review")
    objection_answer_days: int = bounded(10, 1, 20, "Working days to answer a customer who objects to being counted")
    deemed_delivery_days: int = bounded(2, 1, 5, "Working days until a posted letter counts as delivered")
    unsent_days: int = bounded(2, 1, 5, "Working days an adverse letter may wait before it escalates")
    home_instruction_days: int = bounded(10, 1, 10, "Working days a safety instruction may stand on a home")
    inherited_alert_days: int = bounded(10, 1, 20, "Working days an unchecked warning of an older system is told")
    reconcile_days: int = bounded(5, 1, 10, "Working days to reconcile two records of one person")
    notice_withheld_months: int = bounded(3, 1, 6, "Months until a withheld notice is looked at again")
    warning_months: int = bounded(12, 3, 24, "Months a warning counts before a limit")
    no_warning_months: int = bounded(3, 1, 12, "Months an approval to go without a warning counts")
    contact_months: int = bounded(24, 13, 84, "Months until contacts are kept only as totals")
    judged_days: int = bounded(7, 1, 31, "Days back that contacts of other systems are read for a hazard")
    assessment_months: int = bounded(3, 1, 6, "Months an equality and proportionality assessment is fresh")
    register_days: int = bounded(5, 1, 30, "Working days until the housing register counts as out of date")
    checks_a_day: int = bounded(40, 5, 500, "Different people a colleague may check in a day before it is looked at")
    keep_not_adverse_months: int = bounded(12, 6, 24, "Months a case is kept that was not conduct, or neither")
    keep_limit_months: int = bounded(24, 12, 72, "Months a case is kept after a finding, or the end of its limits")
    keep_marker_months: int = bounded(6, 3, 24, "Months a case is kept after its marker ended")
    keep_violence_months: int = bounded(72, 12, 84, "Months a case is kept after a marker about violence ended")
    keep_legal_months: int = bounded(72, 12, 180, "Months a case is kept after a legal step ended")
    keep_sealed_months: int = bounded(24, 6, 72, "Months a counter-allegation or welfare notes are kept")
    keep_look_months: int = bounded(24, 12, 84, "Months it is kept who looked")
    keep_news_months: int = bounded(12, 3, 84, "Months news of a limit or marker that is over is kept")
    hold_review_months: int = bounded(6, 1, 12, "Months until a legal hold is looked at again")
    nation: Nation = Nation.ENGLAND
    holidays: frozenset[date] = frozenset()
    policy_version: str = "1"

    def __post_init__(self) -> None:
        wrong = [problem for f in fields(self) if (problem := out_of_bounds(f.name, getattr(self, f.name)))]
        if wrong:
            raise ValueError("; ".join(wrong))

    def working_days_after(self, day: date, days: int) -> date:
        """The day that is `days` working days after `day`; negative counts back. Zero gives the day itself."""
        step = timedelta(days=1 if days >= 0 else -1)
        left = abs(days)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def is_working_day(self, day: date) -> bool:
        """Neither a Saturday, a Sunday nor a bank holiday of the landlord's nation."""
        return day.weekday() < 5 and day not in self.holidays


def out_of_bounds(name: str, value: object) -> str | None:
    """What is wrong with one term's value, in words fit to show, or None. Unbounded terms are always right."""
    meta = Terms.__dataclass_fields__[name].metadata
    if not meta:
        return None
    if type(value) is not int or not meta["least"] <= value <= meta["most"]:
        return f"{meta['words']} must be from {meta['least']} to {meta['most']}, not {value!r}"
    return None


def months_after(day: date, months: int) -> date:
    """The same day of the month, or the last day of a shorter month: 31 August + 6 is 28 or 29 February."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))
