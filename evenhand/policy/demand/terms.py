"""C2: the numbers by which demand is measured, each a landlord's setting within bounds. `docs/demand.md` says why."""

from dataclasses import dataclass, fields

from evenhand.policy.terms import bounded


@dataclass(frozen=True, slots=True)
class DemandTerms:
    """The numbers one measure is made by."""

    demand_weeks: int = bounded(4, 2, 8, "Weeks over which repeated, written and immediate contact is measured")
    demand_months: int = bounded(12, 6, 12, "Months over which the other four kinds of demand are measured")
    demand_minutes: int = bounded(60, 30, 600, "Minutes of colleagues’ time above what is usual before it is shown")
    demand_peers: int = bounded(30, 10, 200, "Customers needed for a comparison")
    demand_repeated: int = bounded(8, 4, 30, "Contacts on matters still in time")
    demand_repeated_each: int = bounded(3, 2, 15, "The fewest of those on each matter in time")
    demand_repeated_days: int = bounded(7, 2, 14, "Days after a contact in which another leaves no time to respond")
    demand_written: int = bounded(16, 12, 60, "Written messages")
    demand_times: int = bounded(3, 2, 10, "Times what nine in ten comparable customers do at most")
    demand_burst: int = bounded(3, 3, 6, "Contacts that make a burst")
    demand_burst_hours: int = bounded(8, 1, 24, "Hours within which they make one")
    demand_burst_days: int = bounded(3, 2, 10, "Days with a burst")
    demand_senior: int = bounded(6, 4, 20, "Contacts asking for someone senior")
    demand_vague: int = bounded(6, 4, 20, "Contacts that name nothing specific")
    demand_share: int = bounded(34, 25, 90, "The least share of all their contacts, in per cent, for those two")
    demand_settled: int = bounded(4, 3, 20, "Contacts on settled matters beyond the first on each")
    demand_settled_each: int = bounded(3, 2, 15, "The fewest of those on each settled matter")
    demand_exhausted: int = bounded(4, 3, 20, "Contacts on an exhausted complaint beyond the first")
    demand_quiet_days: int = bounded(
        14,
        7,
        56,
        "Days without a contact after closing that settle a matter, if the log does not show when it was done",
    )
    demand_unknown: int = bounded(
        25, 0, 100, "Per cent more contacts for each thing the log does not show, up to twice as many"
    )
    demand_reply_days: int = bounded(7, 1, 14, "Days within which a contact is a reply to ours")
    demand_recurring_days: int = bounded(
        7, 1, 28, "Days after a contact in which a new matter shows the fault came back"
    )

    @property
    def least_of_each(self) -> tuple[int, ...]:
        """The fewest contacts that show each of the seven kinds, in the policy's order."""
        return (
            self.demand_repeated,
            self.demand_written,
            self.demand_burst * self.demand_burst_days,
            self.demand_senior,
            self.demand_vague,
            self.demand_settled,
            self.demand_exhausted,
        )

    def __post_init__(self) -> None:
        for f in fields(self):
            if not f.metadata["least"] <= getattr(self, f.name) <= f.metadata["most"]:
                raise ValueError(f"{f.metadata['words']} must be from {f.metadata['least']} to {f.metadata['most']}")
