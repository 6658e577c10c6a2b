"""How a demonstration finds its ports, and what it says when it cannot start."""

import socket
from contextlib import ExitStack
from datetime import date

import pytest

from nhipcau.config.demo import run, state, supervisor
from nhipcau.config.demo.supervisor import DemoError, free_port

LAST_DAY = date(2026, 11, 21)


@pytest.fixture
def taken():
    """A port on which somebody listens at 127.0.10.1, where the first sample outlet would."""
    with socket.create_server(("127.0.10.1", 0)) as server:
        yield server.getsockname()[1]


def test_free_port_is_asked_of_the_address_that_will_be_used(taken):
    on_the_newsrooms_address = free_port(taken, run.NEWSROOM_HOST)

    assert taken < on_the_newsrooms_address <= taken + 19


def test_second_demonstration_takes_another_port(taken, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "NEWSROOM_PORT", taken)

    with ExitStack() as open_things:
        newsroom, kept = run._newsroom(tmp_path, open_things)

        assert newsroom.port == kept.newsroom_port != taken


def test_port_that_stored_addresses_need_but_is_taken_is_said_in_a_sentence(taken, tmp_path):
    state.save(tmp_path, state.DemoState(until=LAST_DAY.isoformat(), newsroom_port=taken))

    with ExitStack() as open_things, pytest.raises(DemoError) as raised:
        run._newsroom(tmp_path, open_things)

    said = f"The sample newsroom needs port {taken} on 127.0.10.1 and its neighbours: Address already in use. "
    assert raised.value.sentence == said + "Stop what uses it, or start afresh with nhipcau demo --reset."


def test_no_free_port_is_said_in_a_sentence(monkeypatch):
    class Refusing(socket.socket):
        def bind(self, address):
            raise OSError(98, "Address already in use")

    monkeypatch.setattr(supervisor.socket, "socket", Refusing)

    with pytest.raises(DemoError, match=r"^No port between 8000 and 8019 is free\.$"):
        free_port(8000)
