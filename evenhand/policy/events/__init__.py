"""Everything that can happen in a case: one frozen class each, in the past tense, kept for ever.

Fields are only ever added, with defaults, and never renamed: `tests/policy/golden_events.json` still reads.
"""
