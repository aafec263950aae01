"""One message posted to one address: what came of it, within a bounded time, whatever the other side does."""

import asyncio
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from evenhand.sharing import address
from evenhand.sharing.address import Target

SECONDS = 15
"""How long one attempt may take altogether, from the first packet to the answer."""
CONNECT_SECONDS = 5
READ = 4096
"""How much of an answer's body is read, and thrown away."""
USER_AGENT = "Evenhand webhooks (standardwebhooks.com)"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt. `status` is the receiver's, None where there was no answer.

    `may_know` says that the message may have been read: all but those that never left. `wait` is for how many seconds
    the receiver asked not to be asked again.
    """

    status: int | None
    may_know: bool
    trouble: str = ""
    wait: int = 0

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        return self.status == 410

    @property
    def is_overwhelmed(self) -> bool:
        """The receiver as a whole does not answer or asks for less: other messages need not be tried either."""
        return self.status is None or self.status in (429, 502, 503, 504)


def post(url: str, headers: dict[str, str], body: bytes, at: datetime) -> Outcome:
    """Posts `body` and says what came of it; it never raises for what the other side does.

    Redirects are not followed and no proxy is used, so the message goes where it was checked to go and nowhere else.
    """
    try:
        target = address.checked(url)
    except (address.NotAllowed, address.NotFound) as why:
        return Outcome(None, may_know=False, trouble=str(why))
    try:
        # In a thread of its own: whoever calls may be at work in a loop already.
        with ThreadPoolExecutor(1) as apart:
            return apart.submit(asyncio.run, _within(target, headers, body, at)).result()
    except TimeoutError:
        return Outcome(None, may_know=True, trouble=f"No answer within {SECONDS} seconds.")
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        return Outcome(None, may_know=False, trouble=_words("Could not connect", error))
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Outcome(None, may_know=True, trouble=_words("The connection broke", error))


async def _within(target: Target, headers: dict[str, str], body: bytes, at: datetime) -> Outcome:
    async with asyncio.timeout(SECONDS):
        return await _posted(target, headers, body, at)


async def _posted(target: Target, headers: dict[str, str], body: bytes, at: datetime) -> Outcome:
    sent = {
        **headers,
        "Host": target.netloc,
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Accept-Encoding": "identity",
    }
    timeout = httpx.Timeout(SECONDS, connect=CONNECT_SECONDS)
    client = httpx.AsyncClient(verify=_trusted(), trust_env=False, follow_redirects=False, timeout=timeout)
    # The connection goes to the address that was checked; the certificate must still be the name's.
    named = {"sni_hostname": target.host}
    async with client, client.stream("POST", target.url, headers=sent, content=body, extensions=named) as answer:
        read = 0
        async for chunk in answer.aiter_raw():
            read += len(chunk)
            if read >= READ:
                break
    status = answer.status_code
    trouble = "" if 200 <= status < 300 else f"It answered {status}."
    return Outcome(status, may_know=True, trouble=trouble, wait=_asked_to_wait(answer, at))


def _trusted() -> ssl.SSLContext:
    """The authorities the machine trusts, a landlord's own among them, and those everyone does."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _asked_to_wait(answer: httpx.Response, at: datetime) -> int:
    """Seconds, from a Retry-After that gives them or a date; 0 where it gives neither."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal() and len(said) < 9:
        return int(said)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return 0
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0, int((until - at).total_seconds()))


def _words(what: str, error: Exception) -> str:
    said = str(error) or type(error).__name__
    return f"{what}: {said}"[:200]
