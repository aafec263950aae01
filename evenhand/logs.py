"""What the processes say about themselves, on standard error: lines for a person, or JSON for a log store.

Never who a case is about: a log is kept longer, and read by more people, than a case.
"""

from typing import Any

import structlog
from structlog.typing import EventDict, Processor


def without_trace_of_refusals(_: Any, __: str, event: EventDict) -> EventDict:
    """A page refused or not found is one line: only a fault of ours has a trace worth reading."""
    if event.get("logger") == "django.request" and event.get("level") == "warning":
        event.pop("exc_info", None)
    return event


def described(level: str, *, as_json: bool) -> dict[str, Any]:
    """Django's description of logging: everything from `level` upwards, from our code and others' alike."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_trace_of_refusals,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = [
        structlog.dev.ConsoleRenderer(
            # Plain: the rich one prints what every variable holds, and that may be a customer.
            colors=False,
            exception_formatter=structlog.dev.plain_traceback,
        )
    ]
    if as_json:
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"event": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event"}},
        "root": {"handlers": ["stderr"], "level": level},
        # Who signed in, and who failed to, is told whatever else is left out.
        "loggers": {"evenhand.sign_in": {"level": "DEBUG" if level == "DEBUG" else "INFO"}},
    }
