"""What a worker does here, in jobs whose arguments are ids."""

from procrastinate.contrib.django import app

from evenhand.cases.feed import FOLLOW
from evenhand.cases.tasks import now
from evenhand.sharing import following


@app.periodic(cron="* * * * *")
@app.task(name=FOLLOW, queueing_lock=FOLLOW, lock=FOLLOW)
def follow_the_log(timestamp: int) -> None:
    """Reads the log on and passes on what became of limits and markers. Called after each act on one, too."""
    following.follow(now())
