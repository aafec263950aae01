"""What a process of ours holds in its memory stays there: no copy of it is written, and nobody else looks into it.

Python cannot overwrite words that are not needed any more: passwords that were typed, customers that were read. So we
keep them from being had at all. A process that fails leaves no core file; and one that serves or works cannot be read
by another of the same user, nor can what its environment tells (Linux; root still can).
"""

import ctypes
import resource
import sys

PR_SET_DUMPABLE = 4


def no_core_file() -> None:
    """Neither we nor whatever we start, the database too, leave our memory on the disk when we fail."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def closed_to_others() -> None:
    """This process alone: a program that it starts, or that takes its place, says so for itself."""
    no_core_file()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
