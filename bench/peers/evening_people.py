"""The people of ``bench/evening.py`` for locust: each writes one report for some minutes, then it goes out.

Not run by itself: ``evening.py`` names the file with their sessions and the file for what was measured.
"""

import json
import os
import random
import re
import time
from pathlib import Path

import gevent
from gevent.lock import BoundedSemaphore
from locust import HttpUser, constant, task
from locust.exception import StopUser

PLAN = json.loads(Path(os.environ["EVENING_PLAN"]).read_text(encoding="utf-8"))
BEGAN = time.time()
EVERY, MINUTES, RUSH = PLAN["every"], PLAN["minutes"], PLAN["rush"]
_left, _lock = list(PLAN["people"]), BoundedSemaphore(1)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_VERSION = re.compile(r'name="version" id="version-[^"]*" value="(\d+)"')


class Writer(HttpUser):
    """Saves a part every so often; at the end hands the report in, and the approver of the office sends it off."""

    wait_time = constant(0)

    def on_start(self):
        with _lock:
            if not _left:
                raise StopUser
            self.me = _left.pop()
        self.number = 0
        self.saved = []
        self.client.cookies.update(self.me["writer"])

    @task
    def evening(self):
        path = self.me["fill"]
        page = self.client.get(path, name="open")
        token, version = _TOKEN.search(page.text)[1], _VERSION.search(page.text)[1]
        gevent.sleep(random.uniform(0, EVERY))  # noqa: S311 - when somebody saves is no secret
        while time.time() < BEGAN + 60 * MINUTES:
            begun = time.time()
            self.number += 1
            version = self.save(path, token, version) or version
            gevent.sleep(max(0, EVERY - (time.time() - begun)))
        gevent.sleep(max(0, BEGAN + 60 * MINUTES - time.time()) + random.uniform(0, RUSH))  # noqa: S311 - nor this
        self.send_off(token)
        note(self)
        raise StopUser

    def save(self, path, token, version):
        section = self.me["sections"][self.number % len(self.me["sections"])]
        said = f"Lần lưu {self.number}: " + PLAN["words"]
        sent = {**section["fields"], section["text"]: said, f"nones.{section['text'].split('.')[1]}": ""}
        data = {"csrfmiddlewaretoken": token, "section": section["key"], "version": version, **sent}
        headers = {"HX-Request": "true", "Referer": self.host + path}
        with self.client.post(path, data, headers=headers, name="save", catch_response=True) as answer:
            found = _VERSION.search(answer.text)
            if answer.status_code != 200 or found is None or "errorlist" in answer.text.split("<input", 1)[0]:
                answer.failure(f"not saved: {answer.status_code} {answer.text[:200]}")
                return None
            self.saved.append([section["text"], said])
            return found[1]

    def send_off(self, token):
        self.post(self.me["review"], token, {}, "hand in")
        self.client.cookies.clear()
        self.client.cookies.update(self.me["approver"])
        page = self.client.get(self.me["approve"], name="open to approve")
        found = _TOKEN.search(page.text)
        self.sent = self.post(self.me["approve"], found[1] if found else "", {"post": "Giám đốc"}, "approve and submit")

    def post(self, path, token, data, name):
        with self.client.post(
            path,
            {"csrfmiddlewaretoken": token, **data},
            headers={"Referer": self.host + path},
            name=name,
            allow_redirects=False,
            catch_response=True,
        ) as answer:
            done = answer.status_code == 302 and "dang-nhap" not in answer.headers.get("Location", "")
            if not done:
                answer.failure(f"{answer.status_code} {answer.headers.get('Location', '')} {answer.text[:300]}")
            return done


def note(user):
    """What this person was told is saved, so that it can be looked for."""
    with Path(os.environ["EVENING_SAID"]).open("a", encoding="utf-8") as out:
        said = {"report": user.me["report"], "saves": len(user.saved), "last": dict(user.saved), "sent": user.sent}
        out.write(json.dumps(said) + "\n")


def _measured(*, name, response_time, exception, **_more):
    with Path(os.environ["EVENING_TIMES"]).open("a", encoding="utf-8") as out:
        out.write(json.dumps([name, response_time, "" if exception is None else str(exception)[:500]]) + "\n")


from locust import events

events.request.add_listener(_measured)
