"""robots.txt, as RFC 9309 reads it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego

from nhipcau.newswire.fetch.errors import (
    CertificateError,
    FetchError,
    RefusedError,
    RobotsDeniedError,
    RobotsUnavailableError,
    StatusError,
    TooManyRedirectsError,
)
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.newswire.fetch.address import Address

#: Rules are read again after a day (RFC 9309, 2.4), a site whose rules could not be read is asked again in ten minutes.
KEPT_FOR = 86_400.0
REFUSED_FOR = 600.0
#: RFC 9309, 2.5 asks to read at least 500 KiB; what is behind that is left out.
MAX_BYTES = 512_000
#: Sites remembered at once; the one read longest ago goes first.
MAX_SITES = 5_000


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one site allows: ``rules`` is ``None`` where all is allowed; ``error`` where nothing is for now."""

    until: float
    rules: Protego | None = None
    error: Sentence | None = None


class Robots:
    """The rules of the sites visited so far.

    ``read`` is given a site's robots.txt address and returns its text; :class:`FetchError` says why it cannot.
    """

    def __init__(self, read: Callable[[Address], str], *, agent: str, clock: Callable[[], float]) -> None:
        self._read = read
        self._agent = agent
        self._clock = clock
        self._lock = threading.Lock()
        self._sites: dict[str, _Rules] = {}

    def delay(self, address: Address) -> float:
        """Check that the address may be read; the pause in seconds that the site asks for, 0 where it asks for none.

        Raises :class:`RobotsDeniedError` or :class:`RobotsUnavailableError`, and what refuses the host as such.
        """
        known = self._rules(address)
        if known.error is not None:
            raise RobotsUnavailableError(
                Sentence(
                    "{host} is not read for now, because of its robots.txt: {why}", host=address.site, why=known.error
                )
            )
        if known.rules is None:
            return 0.0
        if not known.rules.can_fetch(address.url, self._agent):
            raise RobotsDeniedError(
                Sentence("The robots.txt of {host} asks not to read {url}", host=address.site, url=address.url)
            )
        return float(known.rules.crawl_delay(self._agent) or 0.0)

    def _rules(self, address: Address) -> _Rules:
        with self._lock:
            known = self._sites.get(address.origin)
        if known is None or known.until <= self._clock():
            known = self._asked(address)
            with self._lock:
                self._sites.pop(address.origin, None)
                self._sites[address.origin] = known
                while len(self._sites) > MAX_SITES:
                    del self._sites[next(iter(self._sites))]
        return known

    def _asked(self, address: Address) -> _Rules:
        try:
            text = self._read(address.joined("/robots.txt"))
        except StatusError as error:
            # A site without rules has none to break. 429 is no answer about rules but a call for less traffic.
            if 400 <= error.status < 500 and not error.temporary:  # noqa: PLR2004 - the class of client errors
                return _Rules(self._clock() + KEPT_FOR)
            return _Rules(self._clock() + REFUSED_FOR, error=error.sentence)
        except TooManyRedirectsError:
            return _Rules(self._clock() + KEPT_FOR)  # RFC 9309, 2.3.1.2: such rules count as absent
        except (RefusedError, CertificateError):
            raise  # true of the page as well, and the better explanation
        except FetchError as error:
            return _Rules(self._clock() + REFUSED_FOR, error=error.sentence)
        return _Rules(self._clock() + KEPT_FOR, rules=Protego.parse(text))
