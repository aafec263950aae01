"""A webhook's address cannot make this machine ask another for favours."""

import socket
from ipaddress import ip_network

import pytest
from django.conf import LazySettings

from evenhand.environment import BadSetting, networks
from evenhand.sharing.address import NotAllowed, NotFound, checked


@pytest.fixture
def means(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What names mean: `means["name"] = [addresses]`; an address means itself."""
    names: dict[str, list[str]] = {}

    def looked_up(host: str, port: int, **kwargs: object) -> list[tuple[object, ...]]:
        if host.endswith(".missing"):
            raise socket.gaierror(-2, "unknown")
        return [(None, None, None, "", (each, port)) for each in names.get(host, [host])]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return names


@pytest.mark.parametrize(
    "url",
    [
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1%25eth0]/",
        "https://[fd00:ec2::254]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:a9fe:a9fe::1]/",
        "https://0.0.0.0/",
        "https://[::]/",
        "https://224.0.0.1/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.5/",
        "https://192.168.1.1/",
        "https://[fd12:3456::1]/",
        "http://203.0.114.5/",
        "ftp://8.8.8.8/",
        "https://name:password@8.8.8.8/",
        "https://8.8.8.8/#part",
        "https://8.8.8.8:99999/",
        "https:///hooks",
        "hooks",
        "",
    ],
)
def test_no_message_goes_there(url: str, means: dict[str, list[str]], settings: LazySettings) -> None:
    settings.WEBHOOK_NETWORKS = []
    with pytest.raises(NotAllowed):
        checked(url)


def test_what_a_cloud_keeps_for_itself_is_refused_even_where_the_operator_names_it(
    means: dict[str, list[str]], settings: LazySettings
) -> None:
    settings.WEBHOOK_NETWORKS = [ip_network("0.0.0.0/0"), ip_network("::/0")]
    for url in ("http://169.254.169.254/", "https://[fd00:ec2::254]/", "https://[fe80::1]/"):
        with pytest.raises(NotAllowed):
            checked(url)


def test_a_private_network_is_allowed_by_the_operator_and_over_http_too(
    means: dict[str, list[str]], settings: LazySettings
) -> None:
    settings.WEBHOOK_NETWORKS = [ip_network("10.1.2.0/24")]
    assert checked("http://10.1.2.3:8080/hooks?x=1").url == "http://10.1.2.3:8080/hooks?x=1"
    with pytest.raises(NotAllowed):
        checked("http://10.1.3.3/")


def test_the_message_goes_to_the_very_address_that_was_looked_at(
    means: dict[str, list[str]], settings: LazySettings
) -> None:
    settings.WEBHOOK_NETWORKS = []
    means["repairs.example.org"] = ["93.184.216.34"]
    target = checked("https://repairs.example.org/hooks")
    assert (target.url, target.host, target.netloc) == (
        "https://93.184.216.34:443/hooks", "repairs.example.org", "repairs.example.org",
    )  # fmt: skip


def test_a_name_with_one_bad_meaning_is_refused(means: dict[str, list[str]], settings: LazySettings) -> None:
    settings.WEBHOOK_NETWORKS = []
    means["both.example.org"] = ["93.184.216.34", "127.0.0.1"]
    with pytest.raises(NotAllowed):
        checked("https://both.example.org/")


def test_a_name_that_means_nothing_today_is_tried_again(means: dict[str, list[str]]) -> None:
    with pytest.raises(NotFound):
        checked("https://nobody.missing/")


def test_the_operators_networks_are_read_or_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENHAND_WEBHOOK_NETWORKS", "10.1.2.0/24, fd12::/48,127.0.0.1")
    assert [str(each) for each in networks("EVENHAND_WEBHOOK_NETWORKS")] == ["10.1.2.0/24", "fd12::/48", "127.0.0.1/32"]
    monkeypatch.setenv("EVENHAND_WEBHOOK_NETWORKS", "the office")
    with pytest.raises(BadSetting, match="EVENHAND_WEBHOOK_NETWORKS must list networks"):
        networks("EVENHAND_WEBHOOK_NETWORKS")
