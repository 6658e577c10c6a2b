"""Polite and safe HTTP for the engine: see :class:`Fetcher`."""

from nhipcau.newswire.fetch.client import USER_AGENT, Fetcher
from nhipcau.newswire.fetch.errors import (
    AddressError,
    CertificateError,
    ConnectionFailedError,
    EncodingError,
    FetchError,
    HostRestingError,
    NameUnknownError,
    RefusedError,
    RobotsDeniedError,
    RobotsUnavailableError,
    StatusError,
    TooLargeError,
    TooManyRedirectsError,
    TooSlowError,
)
from nhipcau.newswire.fetch.messages import Request, Response

__all__ = [
    "USER_AGENT",
    "AddressError",
    "CertificateError",
    "ConnectionFailedError",
    "EncodingError",
    "FetchError",
    "Fetcher",
    "HostRestingError",
    "NameUnknownError",
    "RefusedError",
    "Request",
    "Response",
    "RobotsDeniedError",
    "RobotsUnavailableError",
    "StatusError",
    "TooLargeError",
    "TooManyRedirectsError",
    "TooSlowError",
]
