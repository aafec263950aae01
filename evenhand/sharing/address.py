"""Where a webhook may go. An address that an administrator typed must not make this machine ask another for favours.

https to the internet at large; anything else only where the operator has named the network. What clouds and networks
keep for themselves is never asked, whoever names it. The name is looked up here and the message goes to the very
address that was looked at, so a name that means something else a moment later leads nowhere.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

Address = IPv4Address | IPv6Address
NEVER = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "169.254.0.0/16",
            "100.100.100.200/32",
            "192.0.0.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/128",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2002::/16",
            "2001::/32",
            "fd00:ec2::254/128",
            "fe80::/10",
            "ff00::/8",
        ),
    )
)
"""Link-local, where clouds keep their machines' passwords; translations to other addresses; everyone at once."""
PORTS = {"https": 443, "http": 80}


class NotAllowed(Exception):
    """A webhook may not go there; the words say why and what to do."""


class NotFound(Exception):
    """The name could not be looked up just now."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: `url` holds the address that was looked at, `host` the name that stood for it."""

    url: str
    host: str
    netloc: str


def checked(url: str) -> Target:
    """The address to send to, looked up now. Raises `NotAllowed`, or `NotFound` where the name means nothing today."""
    parts = _parts(url)
    host = str(parts.hostname)
    port = parts.port or PORTS[parts.scheme]
    addresses = _looked_up(host, port)
    for address in addresses:
        _may_be_asked(address, parts.scheme)
    chosen = addresses[0]
    shown = f"[{chosen}]" if chosen.version == 6 else str(chosen)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(url=f"{parts.scheme}://{shown}:{port}{path}", host=host, netloc=parts.netloc)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in PORTS and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if not fine:
        raise NotAllowed("Give a whole address, such as https://repairs.example.org/webhooks.")
    if parts.username or parts.password:
        raise NotAllowed("Leave the name and password out of the address: each message is signed instead.")
    if parts.fragment:
        raise NotAllowed("Leave out the # and what follows it: receivers never see that part of an address.")
    return parts


def _looked_up(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFound(f"No machine called {host} was found.") from error
    return [_plain(ip_address(str(entry[4][0]).partition("%")[0])) for entry in found]


def _plain(address: Address) -> Address:
    """An IPv4 address that is dressed as an IPv6 one is judged, and asked, as what it is."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _may_be_asked(address: Address, scheme: str) -> None:
    if any(address in network for network in NEVER):
        raise NotAllowed("That address belongs to the network itself. Give the receiver’s own address.")
    if any(address in network for network in settings.WEBHOOK_NETWORKS):
        return
    if not address.is_global:
        raise NotAllowed(
            "That address is inside a private network. Whoever runs Evenhand can allow its network in "
            "EVENHAND_WEBHOOK_NETWORKS."
        )
    if scheme != "https":
        raise NotAllowed("The address must begin with https://, so that nobody on the way can read what is sent.")
