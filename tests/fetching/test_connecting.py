import ipaddress
import socket
import threading

import pytest

from publisher.errors import InputError
from publisher.fetching.connecting import GuardedBackend, is_public, resolve
from publisher.fetching.deadline import Deadline


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("2002:808:808::", True),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("172.31.255.255", False),
        ("192.0.0.192", False),
        ("192.0.2.1", False),
        ("192.168.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::1", False),
        ("2001:0:808:808::f5ff:fffe", False),  # Teredo: its client's address, inverted, is 10.0.0.1
        ("2001:db8::1", False),
        ("3fff:fff::1", False),
        ("5f00::1", False),
        ("2002:a00:1::", False),
        ("fc00::1", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
    ],
)
def test_only_what_the_internet_at_large_can_reach_is_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


class Names:
    """A resolver that gives canned answers, one after the other."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        self.asked += 1
        found = self.answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]


def test_one_private_address_spoils_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["93.184.216.34", "127.0.0.1"]))

    with pytest.raises(InputError, match=r"^the host 'bao\.example' is in a private network\. Ask for bao\.example$"):
        GuardedBackend(Deadline(5), advice="Ask for {host}").connect_tcp("bao.example", 80)


def test_a_name_is_resolved_once_and_the_connection_made_to_that_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # The second answer would be another address; what was looked at is what is connected to.
        names = Names(["127.0.0.1"], ["127.0.0.2"])
        asked = names.__call__
        connected = socket.getaddrinfo

        def resolver(host: str, *arguments: object, **options: object) -> object:
            if host == "bao.example":
                return asked(host, int(str(arguments[0])))
            return connected(host, *arguments, **options)  # type: ignore[arg-type]  # an address, handed on

        monkeypatch.setattr(socket, "getaddrinfo", resolver)
        stream = GuardedBackend(Deadline(5), allow_private=("bao.example",)).connect_tcp(
            "bao.example", listening.getsockname()[1]
        )
        peer = stream.get_extra_info("server_addr")
        stream.close()

    assert peer[0] == "127.0.0.1"
    assert names.asked == 1


def test_the_next_address_is_tried_when_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        connected = socket.getaddrinfo
        names = Names(["127.0.0.9", "127.0.0.1"])
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *rest, **options: (
                names(host, port) if host == "bao.example" else connected(host, *rest, **options)
            ),
        )

        stream = GuardedBackend(Deadline(5), allow_private=("bao.example",)).connect_tcp("bao.example", port)
        peer = stream.get_extra_info("server_addr")
        stream.close()

    assert peer == ("127.0.0.1", port)


def test_a_resolver_that_never_answers_is_left_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    ending = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ending.wait())

    with pytest.raises(InputError, match=r"it took longer than 0\.1 seconds"):
        resolve("bao.example", 80, Deadline(0.1))
    ending.set()


def test_a_socket_of_this_machine_is_no_way_out() -> None:
    with pytest.raises(InputError, match="it leads to a socket of this machine"):
        GuardedBackend(Deadline(5), allow_private=("bao.example",)).connect_unix_socket("/run/docker.sock")
