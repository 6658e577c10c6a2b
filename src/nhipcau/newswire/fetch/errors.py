"""Why a page could not be had: one class for each reason, each with a sentence for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhipcau.newswire.sentences import Sentence


class FetchError(Exception):
    """A page could not be had; ``str()`` says why.

    Attributes:
        reason: short code, the same for all errors of the class.
        temporary: whether a later run may succeed.
        retried: whether the fetcher itself tries again at once.
        retry_after: seconds the server asked to wait, where it did.
        sentence: the message, translatable.
    """

    reason = "fetch_failed"
    temporary = False
    retried = False
    retry_after: float | None = None

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class AddressError(FetchError):
    """The address is not one that the collector opens: no host, credentials in it, another scheme."""

    reason = "bad_address"


class RefusedError(FetchError):
    """The host is on a private, local or reserved network, and the operator has not allowed it."""

    reason = "refused"


class RobotsDeniedError(FetchError):
    """The site's robots.txt asks not to read this address."""

    reason = "robots_denied"


class RobotsUnavailableError(FetchError):
    """robots.txt could not be read, so nothing is read from the site for a while (RFC 9309, 2.3.1.4)."""

    reason = "robots_unavailable"
    temporary = True


class NameUnknownError(FetchError):
    """The host's name has no address."""

    reason = "name_unknown"
    temporary = True


class ConnectionFailedError(FetchError):
    """No connection, or one that broke before the answer was complete."""

    reason = "connection_failed"
    temporary = True
    retried = True


class CertificateError(FetchError):
    """The server could not prove that it is the host that was asked."""

    reason = "certificate_invalid"


class TooSlowError(FetchError):
    """The answer was not complete within the time allowed. Not tried again at once: it has had its time."""

    reason = "too_slow"
    temporary = True


class TooLargeError(FetchError):
    """The answer, unpacked, is over the size allowed."""

    reason = "too_large"


class EncodingError(FetchError):
    """The answer's content encoding is unknown, or its data do not unpack."""

    reason = "bad_encoding"


class TooManyRedirectsError(FetchError):
    """More redirects than allowed, or one without a target."""

    reason = "too_many_redirects"


class StatusError(FetchError):
    """The server answered with a status that carries no page.

    429 and the passing server errors are tried again (RFC 6585, 4; RFC 9110, 15.6).
    """

    reason = "http_status"

    def __init__(self, sentence: Sentence, *, status: int, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.retry_after = retry_after
        self.temporary = self.retried = status in {408, 425, 429, 500, 502, 503, 504}


class HostRestingError(FetchError):
    """The host asked for a pause (``Retry-After``) that is longer than the fetcher waits."""

    reason = "host_resting"
    temporary = True
