"""Hostile and broken input where the desk meets it: feeds of its sources, source lists, and what its screens then show.

Every feed of the list is a source, collected in one run by the real collector from servers on loopback.
"""

import re
import socket
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from nhipcau.press import collector
from nhipcau.press.domain.collecting import claim_sources
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.domain.source_list import import_source_list
from nhipcau.press.models import Article, Refusal, Source, Story
from nhipcau.press.sentences import told
from tests.support.articles import ACTOR
from tests.support.hostile import CASES, ENTITIES, MB, PRIVATE, SECRET, laughs, zeros
from tests.support.loopback import Page
from tests.support.observing import two_sites
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.django_db
FEED = {"Content-Type": "application/rss+xml"}
#: The feeds among the items: a source for each, and one whose feed is a bomb.
FEEDS = [
    case
    for case in CASES
    if not case.heavy and re.search(r"XML|JSON|entit|feed|future|link|redirect|URLs|script|formula", case.item)
]


def source(url, name):
    outlet = register_outlet(actor=ACTOR, host=f"{name}.example", name=name)
    return register_source(actor=ACTOR, outlet=outlet, url=url)


def served(site, folder, number):
    """The address of the feed that a case makes; one that is a file is put on the site."""
    given = FEEDS[number].make(folder / f"case{number}", site)
    if given.startswith("http"):
        return given
    body = (folder / given).read_bytes()
    site.pages[f"/case{number}"] = Page(body, headers=FEED)
    return site.url(f"/case{number}")


@pytest.fixture
def collected(as_system, settings, tmp_path, monkeypatch):
    """One run over all of them; every connection of this process is noted."""
    settings.PACE = 0.0
    connected = []
    original = socket.socket.connect

    def connect(self, address):
        if isinstance(address, tuple):
            connected.append(f"{address[0]}:{address[1]}")
        return original(self, address)

    with two_sites() as site:
        settings.ALLOW_HOSTS = frozenset({site.host})
        sources = [source(served(site, tmp_path, number), f"case{number}") for number in range(len(FEEDS))]
        site.pages["/bomb"] = Page(zeros(256 * MB), headers={**FEED, "Content-Encoding": "gzip"})
        sources.append(source(site.url("/bomb"), "bomb"))
        sources.append(source(f"{site.refused}/feed", "private"))
        monkeypatch.setattr(socket.socket, "connect", connect)
        run = collector.collect_from(claim_sources(actor=ACTOR, everything=True), actor=ACTOR)
        return SimpleNamespace(
            run=run, connected=set(connected), allowed=site.host, other=list(site.other.asked), sources=sources
        )


def test_feeds_are_named_counted_and_shown_and_nothing_of_them_runs(collected, client):
    run = collected.run
    assert run.documents == run.articles + run.known + sum(run.rejected.values())
    assert collected.connected == {collected.allowed}
    assert collected.other == []
    _every_source_is_named(run)
    _articles_are_what_they_should_be()
    _screens_show_it_as_text(client)


def _every_source_is_named(run):
    with translation.override("en"):
        said = {row.outlet.name: str(row.last_error) for row in Source.objects.select_related("outlet")}
        refused = " ".join(told(row.detail) for row in Refusal.objects.all())
        refused += " ".join(told(message) for _source, message in run.problems)
    for number, case in enumerate(FEEDS):
        sentence = "It is a web page, not a feed." if case.item == "a feed that is an error page" else case.says
        assert sentence in f"{said[f'case{number}']} {refused}", case.item
    assert "larger" in said["bomb"]
    assert PRIVATE in said["private"]
    assert SECRET not in f"{said} {refused}"


def _articles_are_what_they_should_be():
    for number, case in enumerate(FEEDS):
        articles = list(Article.objects.filter(outlet__name=f"case{number}").order_by("pk"))
        assert len(articles) == case.articles, case.item
        if case.title:
            published = articles[0].published_at
            moment = published and published.strftime("%Y-%m-%dT%H:%M:%SZ")
            assert (articles[0].title, moment) == (case.title, case.dated), case.item
    assert not Article.objects.filter(url__contains=SECRET).exists()


def _screens_show_it_as_text(client):
    person = make_person(office=make_office(), roles=["press_analyst"])
    client.force_login(person)
    story = Story.objects.create(engine_id="hostile", title="<script>alert(1)</script>")
    Article.objects.update(story=story)
    pages = ["/", "/tin-bai/?show=all", "/nguon-tin/", "/nguon-tin/khong-lay/", f"/cau-chuyen/{story.pk}/"]
    pages += [f"/cau-chuyen/{story.pk}/tach/", f"/cau-chuyen/{story.pk}/gop/"]
    pages += [f"/tin-bai/{key}/" for key in Article.objects.values_list("pk", flat=True)]
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert executable(answer.text) == [], path


class Executable(HTMLParser):
    """Collects what a browser would run in a page beside the desk's own files."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        own = tag == "script" and re.fullmatch(r"/static/[\w./-]+", given.get("src") or "")
        if (tag == "script" and not own) or tag in {"iframe", "object", "embed"}:
            self.found.append(self.get_starttag_text())
        links = [value or "" for name, value in attrs if name in {"href", "src", "action", "formaction"}]
        if any(name.startswith("on") for name, _ in attrs) or any(_RUNS.match(link) for link in links):
            self.found.append(self.get_starttag_text())


_RUNS = re.compile(r"[\s\x00-\x1f]*(?:javascript|data|vbscript):", re.IGNORECASE)


def executable(page):
    """What a browser would run in a page: scripts that are not ours, event handlers, links that are programs."""
    reader = Executable()
    reader.feed(page)
    return reader.found


# Source lists ---------------------------------------------------------------------------------------------------------


def opml(outlines, start=""):
    return f'<?xml version="1.0"?>{start}<opml version="2.0"><body>{outlines}</body></opml>'.encode()


GOOD = '<outline text="The Lake" xmlUrl="https://lake.example/feed.xml"/>'
LISTS = {
    "XML entity bomb": (
        opml(f'{GOOD}<outline text="&l9;" xmlUrl="https://b.example/&l9;"/>', laughs().replace("rss", "opml")),
        ENTITIES,
    ),
    "external entities": (
        opml(
            f'{GOOD}<outline text="&f;" xmlUrl="https://b.example/f"/>',
            '<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        ),
        ENTITIES,
    ),
    "javascript: links": (opml(f'{GOOD}<outline text="B" xmlUrl="javascript:alert(1)"/>'), "javascript:alert(1)"),
    "URLs with credentials": (
        opml(f'{GOOD}<outline text="B" xmlUrl="https://user:{SECRET}@b.example/feed"/>'),
        "user name or password",
    ),
    "truncated": (
        opml(f'{GOOD}<outline text="B" xmlUrl="https://b.example/feed"/>')[:-40],
        "It ends before it is complete",
    ),
    "invalid UTF-8": (opml(GOOD).replace(b"Lake", b"L\xc3\x28\xffke"), "utf-8"),
    "100,000 levels of nesting": (
        opml('<outline text="x">' * 100_000 + "</outline>" * 100_000 + GOOD),
        "nested too deeply",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_hostile_source_list_gives_its_good_lines_and_names_the_rest(as_system, name):
    raw, sentence = LISTS[name]

    with translation.override("en"):
        imported = import_source_list(actor=ACTOR, raw=raw)

    kept = ["https://lake.example/feed.xml"] if "nesting" not in name else []
    assert [row.url for row in imported.sources if "lake" in row.url] == kept
    assert sentence in " ".join(imported.problems)
    assert SECRET not in f"{imported.problems}"
    assert not Source.objects.filter(url__contains=SECRET).exists()


@pytest.mark.parametrize("content", [zeros(256 * MB), b"\x1f\x8b\x08broken", b"<html><body>502</body></html>", b""])
def test_file_that_is_no_source_list_is_refused_in_a_sentence(tmp_path, content, as_system):
    file = tmp_path / "list.opml"
    file.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        call_command("import_sources", str(file))

    assert str(refused.value)
    assert not Source.objects.exists()
