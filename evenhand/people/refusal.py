"""How this floor says no to an act that is not a case's: why, and what to do."""


class NotDone(Exception):
    """Nothing was changed. The words are fit to show to the colleague who asked."""
