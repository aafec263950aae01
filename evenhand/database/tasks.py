"""What a worker does about the jobs of workers that died."""

from procrastinate.contrib.django import app

from evenhand.database import jobs


@app.periodic(cron="* * * * *")
@app.task(name="take_up_jobs", queueing_lock="take_up_jobs")
def take_up_jobs(timestamp: int) -> None:
    """Lets every job be done again whose worker died on the way."""
    jobs.take_up()
