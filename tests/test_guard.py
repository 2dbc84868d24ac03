"""The guard itself: a test that reaches for the network fails."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkUsed


def test_a_foreign_address_is_refused() -> None:
    with pytest.raises(NetworkUsed), socket.socket() as client:
        client.connect(("192.0.2.1", 80))


def test_a_foreign_name_is_refused() -> None:
    with pytest.raises(NetworkUsed):
        socket.create_connection(("translate.us-west-2.amazonaws.com", 443), timeout=1)


def test_the_loopback_is_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5),
    ):
        pass
