"""What a key may do, and for whom, in words."""

from evenhand.sharing.models.key import Audience, Scope

AUDIENCES: dict[str, str] = {
    Audience.COLLEAGUES: "A system that colleagues use",
    Audience.CONTRACTOR: "A contractor",
}
AUDIENCE_HINTS = {
    Audience.COLLEAGUES: "It is told what a colleague is told: what to do, the kind of risk, dates of review.",
    Audience.CONTRACTOR: "It is told what to do, the kind of risk where the marker’s audience allows it, and whom to "
    "ask. It may only check.",
}
SCOPES: dict[str, str] = {
    Scope.CHECK: "Ask what must be known before a visit or a call",
    Scope.CONTACTS_WRITE: "Write to the log of contacts",
    Scope.REGISTER_WRITE: "Write to the register",
    Scope.MARKERS_READ: "Follow every marker and limit, for a copy of its own",
}
