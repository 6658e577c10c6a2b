"""A real SMTP server on loopback that says what it is told to say."""

import email
import email.policy
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class PostOffice:
    """Keeps what it took in ``taken``; ``says`` holds answers to the next commands, ``(command, code and words)``."""

    def __init__(self):
        self.taken = []
        self.says = []
        self.attempts = 0
        self.on_data = lambda: None

    def _answer(self, command):
        if self.says and self.says[0][0] == command:
            return self.says.pop(0)[1]
        return None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        self.attempts += 1
        refused = self._answer("RCPT")
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        refused = self._answer("MAIL")
        if refused:
            return refused
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        refused = self._answer("DATA")
        if refused:
            return refused
        self.on_data()
        self.taken.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 taken"


@contextmanager
def post_office():
    """A server that runs for the block; ``.port`` says where."""
    office = PostOffice()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        office.port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def plain(message):
    """The text of a mail's plain part."""
    return message.get_body(("plain",)).get_content()


def html(message):
    """The text of a mail's HTML part."""
    return message.get_body(("html",)).get_content()
