"""The refusal of private networks, at the socket.

A page or a feed may name any address, and a name may lead anywhere. So a name is resolved once, every address it has
is checked, and the connection goes to a checked address itself: a second look-up, which a hostile name server could
answer differently (DNS rebinding), never happens. TLS still verifies the name.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore

from nhipcau.newswire.fetch.errors import NameUnknownError, RefusedError
from nhipcau.newswire.sentences import Sentence

Resolver = Callable[[str, int], Sequence[str]]
#: How many of a host's addresses are tried.
MAX_ADDRESSES = 4

# IANA IPv4 and IPv6 Special-Purpose Address Registries, plus multicast and the deprecated relay and site-local blocks.
_CLOSED_4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
# Outside 2000::/3 only the NAT64 prefix leads to the public internet; 2001::/23 holds Teredo and other special uses.
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CLOSED_6 = tuple(ipaddress.IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "3fff::/20"))


def is_public(address: str) -> bool:
    """Whether a numeric address is on the public internet, any IPv4 address inside an IPv6 one included."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in block for block in _CLOSED_4)
    if ip.scope_id is not None:
        return False
    embedded = ip.ipv4_mapped or ip.sixtofour
    if embedded is None and ip in _NAT64:
        embedded = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    if embedded is not None:
        return is_public(str(embedded))
    return ip in _GLOBAL_6 and not any(ip in block for block in _CLOSED_6)


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Every address of a host, in the system's order; raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _resolved_within(resolver: Resolver, host: str, port: int, timeout: float) -> Sequence[str]:
    """Ask the resolver, but not for longer than ``timeout``: the system's own call cannot be interrupted."""
    answer: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolver(host, port))
        except Exception as error:  # noqa: BLE001 - raised again below, in the thread that asked
            answer.put(error)

    threading.Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    try:
        result = answer.get(timeout=max(timeout, 0.0))
    except queue.Empty:
        raise httpcore.ConnectTimeout from None
    if isinstance(result, Exception):
        raise result
    return result


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses only, and lets none outlive the deadline set for its thread."""

    def __init__(self, *, allow_hosts: frozenset[str], resolver: Resolver | None, clock: Callable[[], float]) -> None:
        self._allow_hosts = allow_hosts
        self._resolver = resolver or system_resolver
        self._clock = clock
        self._connect = httpcore.SyncBackend().connect_tcp
        self._local = threading.local()

    @contextmanager
    def until(self, deadline: float) -> Iterator[None]:
        """Everything this thread sends or receives meanwhile ends at ``deadline``, on the clock given."""
        self._local.deadline = deadline
        try:
            yield
        finally:
            del self._local.deadline

    def remaining(self, timeout: float | None) -> float:
        """Seconds left, at most ``timeout``; raises httpcore's ``ReadTimeout`` where none are."""
        left: float = self._local.deadline - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of ``host`` that answers; raises :class:`RefusedError` if any is not public."""
        error: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port, self.remaining(timeout))[:MAX_ADDRESSES]:
            try:
                stream = self._connect(address, port, self.remaining(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
            else:
                return _TimedStream(stream, self)
        raise error

    def _addresses(self, host: str, port: int, timeout: float) -> Sequence[str]:
        allowed = host in self._allow_hosts or _with_port(host, port) in self._allow_hosts
        try:
            found: Sequence[str] = [str(ipaddress.ip_address(host))]
        except ValueError:
            try:
                found = _resolved_within(self._resolver, host, port, timeout)
            except (OSError, UnicodeError):
                raise NameUnknownError(Sentence("The name {host} leads to no address.", host=host)) from None
        if not allowed:
            for address in found:
                if not is_public(address):
                    raise RefusedError(_refusal(host, address))
        return found


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every operation ends at its thread's deadline, however slowly the other side sends."""

    def __init__(self, stream: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._backend.remaining(timeout))
        return _TimedStream(secured, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _with_port(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _refusal(host: str, address: str) -> Sentence:
    return Sentence(
        "{host} leads to {address}, which is not on the public internet; it is not opened unless the operator "
        "allows this host.",
        host=host,
        address=address,
    )
