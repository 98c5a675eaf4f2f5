"""Hosts are compared as they are asked for."""

import pytest

from publisher.fetching.hosts import comparable_host


@pytest.mark.parametrize(
    ("host", "comparable"),
    [
        ("Wiki.LAN.", "wiki.lan"),
        ("Báo.LAN", "xn--bo-mia.lan"),
        ("[::1]", "::1"),
        ("é" * 70, "é" * 70),
        ("xn--a", "xn--a"),
    ],
)
def test_a_host_is_ascii_in_lower_case_without_brackets_and_final_dot(host: str, comparable: str) -> None:
    assert comparable_host(host) == comparable
