"""The web as `evenhand serve` runs it: each of its processes ends with the one that looks after them.

Else, were that one killed, they would go on answering beside those that take their place, after an upgrade with the
programs of before it.
"""

import multiprocessing
import os
import signal

from evenhand.database.postmaster import end_with_parent
from evenhand.wsgi import application

__all__ = ["application"]

end_with_parent(signal.SIGKILL)
began_under = multiprocessing.parent_process()
if began_under and began_under.pid != os.getppid():
    # It was gone before we could ask to be told.
    os._exit(1)
