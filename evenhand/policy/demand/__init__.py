"""C2: unreasonable demand, measured fairly from the contact log, for a person to weigh; never decided by a machine.

`log` says what is known of one customer's contacts, `exclusion` what is the landlord's own or otherwise not counted,
`kind` which of what is left shows which of the seven demands, `window` where that was worst, `comparison` how it
stands beside other customers, `strength` how far it can be relied on, and `measure` puts them together. `short` says
what the kinds come to that do not show, `untold` which cannot be measured. A contact counts only when nothing that is
known speaks for the customer; what the log does not record lowers the strength.
"""

VERSION = "3"
"""Of these definitions: evidence that is kept names the version it was measured by."""
