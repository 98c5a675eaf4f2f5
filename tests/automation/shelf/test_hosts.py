"""Which host a request names, and whether it is one of ours."""

import pytest

from publisher.automation.shelf.hosts import Hosts, host_in


@pytest.mark.parametrize(
    ("authority", "host"),
    [
        ("News.lan", "news.lan"),
        ("news.lan.:80", "news.lan"),
        (" news.lan ", "news.lan"),
        ("news.lan:", "news.lan"),
        ("192.168.1.5:8080", "192.168.1.5"),
        ("[FE80:0::1]:80", "fe80::1"),
        ("[::ffff:192.168.1.5]", "192.168.1.5"),
        ("", None),
        ("news.lan:port", None),
        ("news.lan:80:80", None),
        ("user@news.lan", None),
        ("news.lan/", None),
        ("a b", None),
        ("tin.việt", None),
        ("[::1", None),
    ],
)
def test_the_host_is_read_without_its_port(authority, host):
    assert host_in(authority) == host


def test_ours_are_the_names_given_this_machine_and_the_address_that_was_reached():
    hosts = Hosts(("News.lan", "::1"))

    assert all(hosts.include(host, "192.168.1.5") for host in ("news.lan", "::1", "localhost", "192.168.1.5"))
    assert hosts.include("192.168.1.5", "::ffff:192.168.1.5")
    assert hosts.include("fe80::1", "fe80::1%eth0")
    assert not any(hosts.include(host, "192.168.1.5") for host in ("evil.example", "192.168.1.6", "lan", ""))
