"""How the installation is: each part with a state, what was found, and what to do. Numbers and names, no content.

Called with the system's access open. What is found here is what the operator's screen, the address for monitoring
programs and ``nhipcau doctor`` say.
"""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

import nhipcau
from nhipcau.audit.queries import state_of_chain
from nhipcau.press import queries as press
from nhipcau.press.models import Source
from nhipcau.ui.templatetags.ui import moment, vi_number
from nhipcau.workspace.models import Mail, MailState
from nhipcau.workspace.queries import mail as post
from nhipcau.workspace.queries.heartbeat import last_heartbeat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Room for an archive's work file and a day's coverage.
ENOUGH_DISK = 1_000_000_000
#: A worker that has not shown itself for so long is not running; work that waits so long is too much for it.
SILENT, SLOW = timedelta(minutes=3), timedelta(minutes=5)
#: A backup is made each night.
OLD_BACKUP = timedelta(hours=26)
#: The collector asks its sources every quarter of an hour.
OLD_COLLECTION = timedelta(hours=2)
#: Mail that waits so long has a reason that somebody should know.
OLD_MAIL = timedelta(hours=1)

GOOD, LOOK, BAD = "working", "waiting", "failing"
WORDS = {GOOD: gettext_noop("In order"), LOOK: gettext_noop("To be looked at"), BAD: gettext_noop("Not in order")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the installation.

    Attributes:
        key: for programs.
        name: an English source text.
        state: :data:`GOOD`, :data:`LOOK` or :data:`BAD`, codes of :mod:`nhipcau.ui.states`.
        detail: what was found, in the language now in use.
        mend: what to do where it is not good, an English source text.
    """

    key: str
    name: str
    state: str = GOOD
    detail: str = ""
    mend: str = ""

    @property
    def word(self) -> str:
        """The state as people read it."""
        return gettext(WORDS[self.state])


def examine() -> list[Part]:
    """Every part; one that cannot be examined never hides the others."""
    return [_tried(look) for look in _LOOKS]


def verdict(parts: list[Part]) -> str:
    """The worst state of all."""
    states = {part.state for part in parts}
    return next(state for state in (BAD, LOOK, GOOD) if state in states or state == GOOD)


def _tried(look: Callable[[], Part]) -> Part:
    try:
        return look()
    except (DatabaseError, OSError, ValueError) as error:
        key = look.__name__.strip("_")
        name = gettext_noop("A part that could not be examined")
        mend = gettext_noop("See the log of the server.")
        return Part(key=key, name=name, state=BAD, detail=f"{key}: {type(error).__name__}", mend=mend)


def _worker() -> Part:
    name, beat = gettext_noop("Worker"), last_heartbeat()
    mend = gettext_noop("Start nhipcau worker, or see its log: it collects, sends mail, reminds and seals.")
    if beat is None:
        return Part(key="worker", name=name, state=BAD, detail=gettext("never seen"), mend=mend)
    silent = timezone.now() - beat.at > SILENT
    detail = gettext("last seen %(at)s") % {"at": moment(beat.at)}
    return Part(key="worker", name=name, state=BAD if silent else GOOD, detail=detail, mend=mend)


def _queue() -> Part:
    beat = last_heartbeat()
    lag = timedelta(seconds=beat.lag) if beat else timedelta()
    waiting = beat.waiting if beat else 0
    return Part(
        key="queue",
        name=gettext_noop("Work that waits"),
        state=LOOK if lag > SLOW or waiting > _MANY_JOBS else GOOD,
        detail=gettext("%(n)s jobs, %(seconds)s seconds behind")
        % {"n": vi_number(waiting), "seconds": vi_number(round(lag.total_seconds()))},
        mend=gettext_noop("One more worker takes part of it; a collector that hangs ends after half an hour."),
    )


_MANY_JOBS = 100


def _audit() -> Part:
    chain = state_of_chain()
    detail = gettext("%(sealed)s entries sealed, %(unsealed)s not yet; last seal %(at)s") % {
        "sealed": vi_number(chain.sealed),
        "unsealed": vi_number(chain.unsealed),
        "at": moment(chain.sealed_at) or "–",
    }
    return Part(
        key="audit",
        name=gettext_noop("Audit record"),
        state=BAD if chain.faults or chain.cut_off else LOOK if chain.late else GOOD,
        detail=detail,
        mend=gettext_noop("Where entries wait, start the worker. Where a fault was found, run nhipcau audit verify."),
    )


def _mail() -> Part:
    name = gettext_noop("Mail")
    if not settings.MAIL:
        return Part(
            key="mail",
            name=name,
            state=LOOK,
            detail=gettext("no mail server is named"),
            mend=gettext_noop("Name one in NHIPCAU_SMTP_URL; until then people are told on the desk alone."),
        )
    waiting, now = post.mail_waiting(), timezone.now()
    old = waiting.filter(created_at__lt=now - OLD_MAIL)
    failed = Mail.objects.filter(state=MailState.FAILED, created_at__gte=now - timedelta(days=7)).count()
    last = waiting.exclude(error="").order_by("-next_due").first()
    detail = gettext("%(waiting)s waiting, %(failed)s given up in seven days") % {
        "waiting": vi_number(waiting.count()),
        "failed": vi_number(failed),
    }
    return Part(
        key="mail",
        name=name,
        state=LOOK if old.exists() or failed else GOOD,
        detail=f"{detail}: {last.error}" if last else detail,
        mend=gettext_noop("See what the server said, and correct NHIPCAU_SMTP_URL or NHIPCAU_MAIL_FROM."),
    )


def _addresses() -> Part:
    refused = post.refused_addresses().count()
    return Part(
        key="refused_addresses",
        name=gettext_noop("Refused addresses"),
        state=LOOK if refused else GOOD,
        detail=vi_number(refused),
        mend=gettext_noop("Have each address below corrected, or try it again."),
    )


def _feeds() -> Part:
    active = Source.objects.filter(active=True).count()
    failing = press.sources_failing().count()
    return Part(
        key="feeds",
        name=gettext_noop("Sources being collected"),
        state=GOOD if not failing else BAD if failing == active else LOOK,
        detail=gettext("%(active)s, of which %(failing)s in trouble")
        % {"active": vi_number(active), "failing": vi_number(failing)},
        mend=gettext_noop("See the page of sources: each says what failed."),
    )


def _collection() -> Part:
    last = press.collections().first()
    asked = Source.objects.filter(active=True).exists()
    old = last is None or timezone.now() - last.started_at > OLD_COLLECTION
    return Part(
        key="collection",
        name=gettext_noop("Last collection"),
        state=LOOK if asked and old else GOOD,
        detail=moment(last.started_at) if last else "–",
        mend=gettext_noop("Start the worker; where it runs, see its log."),
    )


def _disk() -> Part:
    return free_disk(Path(settings.HOME))


def free_disk(folder: Path) -> Part:
    """Room on the disk of a folder that exists."""
    free = shutil.disk_usage(folder).free
    return Part(
        key="disk",
        name=gettext_noop("Free disk"),
        state=GOOD if free >= ENOUGH_DISK else BAD,
        detail=f"{free / 1e9:.1f} GB",
        mend=gettext_noop("Free at least 1 GB."),
    )


def _database() -> Part:
    return Part(
        key="database",
        name=gettext_noop("Size of the database"),
        detail=f"{_database_bytes() / 1e6:.0f} MB, {connection.display_name}",
    )


def _database_bytes() -> int:
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        return sum(part.stat().st_size for part in (file, Path(f"{file}-wal")) if part.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _backup() -> Part:
    name, stamp = gettext_noop("Last backup"), settings.BACKUP_STAMP
    if not stamp:
        return Part(
            key="backup",
            name=name,
            state=LOOK,
            detail=gettext("nothing says that there is one"),
            mend=gettext_noop(
                "Let the backup touch a file when it is done, and name that file in NHIPCAU_BACKUP_STAMP."
            ),
        )
    file = Path(stamp)
    made = datetime.fromtimestamp(file.stat().st_mtime, UTC) if file.exists() else None
    fresh = made is not None and timezone.now() - made <= OLD_BACKUP
    return Part(
        key="backup",
        name=name,
        state=GOOD if fresh else BAD,
        detail=moment(made) if made else gettext("never"),
        mend=gettext_noop("See why the nightly backup did not end; try to restore one into an empty folder."),
    )


def _versions() -> Part:
    return Part(
        key="versions",
        name=gettext_noop("Versions"),
        detail=f"Nhịp Cầu {nhipcau.__version__} · Django {django.__version__} · Python {platform.python_version()} · "
        f"{platform.system()} {os.uname().machine}",
    )


_LOOKS: tuple[Callable[[], Part], ...] = (
    _worker,
    _queue,
    _audit,
    _mail,
    _addresses,
    _feeds,
    _collection,
    _backup,
    _disk,
    _database,
    _versions,
)


def bad_first(parts: list[Part]) -> Iterator[Part]:
    """What has to be done first, the rest in its order."""
    return iter(sorted(parts, key=lambda part: (BAD, LOOK, GOOD).index(part.state)))
