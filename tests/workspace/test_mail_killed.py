"""The sending worker as a program, killed for real (kill −9) at each point of its conversation with the server."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading

import pytest

from tests.support.post_office import plain, post_office

pytestmark = pytest.mark.long

PREPARE = """
import django
django.setup()
from django.core.management import call_command
from django.db import transaction
call_command("migrate", verbosity=0)
from nhipcau.access import system
from nhipcau.workspace.domain.notices import notify
from tests.support.people import ACTOR, make_office, make_person
with system("test"), transaction.atomic():
    office = make_office()
    for number in range(5):
        person = make_person(office=office, roles=["drafter"])
        told = {"kind": "workspace.late", "target": office, "sentence": "Late", "url": "/"}
        notify(actor=ACTOR, to=[person], **told)
    # Whatever the hour is at which the tests run, nobody's quiet hours hold the mail.
    from nhipcau.workspace.models import Notice, NoticeTimes
    from nhipcau.accounts.models import Person
    from datetime import time
    from django.utils import timezone
    for person in Person.objects.all():
        NoticeTimes.objects.create(person=person, daily_at=time(7))
    Notice.objects.update(mail_due=timezone.now())
"""
DELIVER = "import django; django.setup(); from nhipcau.workspace.postman import deliver_mail; deliver_mail()"


@pytest.fixture
def office_of_post():
    with post_office() as running:
        yield running


@pytest.fixture
def installation(office_of_post, tmp_path):
    """The environment of an installation in which five people have one mail each to get."""
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
        "NHIPCAU_HOME": str(tmp_path),
        "NHIPCAU_SMTP_URL": f"smtp://127.0.0.1:{office_of_post.port}",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    run(PREPARE, given)
    return given


def run(program, environment):
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, timeout=60)


def killed_at(office_of_post, installation, *, third):
    """Deliver, and kill the worker with the third mail: before the server has it, or before it says that it has."""
    worker = subprocess.Popen([sys.executable, "-c", DELIVER], env=installation)
    counted = iter(range(1, 100))

    def on_data():
        if next(counted) == 3:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            if third == "lost":
                raise ConnectionAbortedError

    office_of_post.on_data = on_data
    worker.wait(timeout=60)
    office_of_post.on_data = lambda: None


def believe_dead(installation):
    """The lease of the killed worker is over."""
    with sqlite3.connect(f"{installation['NHIPCAU_HOME']}/nhipcau.sqlite3") as database:
        database.execute("UPDATE workspace_mail SET next_due = '2020-01-01' WHERE state = 'sending'")


def states(installation):
    with sqlite3.connect(f"{installation['NHIPCAU_HOME']}/nhipcau.sqlite3") as database:
        return [state for (state,) in database.execute("SELECT state FROM workspace_mail")]


def identities(office_of_post):
    return [(mail["Message-ID"], mail["To"], mail["Date"]) for mail in office_of_post.taken]


def test_worker_killed_before_the_server_has_the_mail_loses_none_and_doubles_none(office_of_post, installation):
    killed_at(office_of_post, installation, third="lost")
    assert sorted(states(installation)).count("sent") == 2
    believe_dead(installation)
    run(DELIVER, installation)
    assert states(installation) == ["sent"] * 5
    assert len(identities(office_of_post)) == len(set(identities(office_of_post))) == 5


def test_worker_killed_before_it_hears_the_yes_sends_the_very_same_mail_again(office_of_post, installation):
    killed_at(office_of_post, installation, third="taken")
    believe_dead(installation)
    run(DELIVER, installation)
    assert states(installation) == ["sent"] * 5
    sent = identities(office_of_post)
    assert (len(sent), len(set(sent))) == (6, 5)
    first, again = [plain(mail) for mail in office_of_post.taken if mail["Message-ID"] == sent[2][0]]
    assert first == again


def test_claim_of_a_killed_worker_is_left_alone_until_it_is_believed_dead(office_of_post, installation):
    killed_at(office_of_post, installation, third="lost")
    run(DELIVER, installation)
    assert sorted(states(installation)) == ["sending", *["sent"] * 4]


def test_three_workers_at_once_send_each_mail_once(office_of_post, installation):
    started = [threading.Thread(target=run, args=(DELIVER, installation)) for _ in range(3)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    assert len(identities(office_of_post)) == len(set(identities(office_of_post))) == 5
