import json

import pytest

from nhipcau.access import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.press.domain.errors import BadAddressError, SourceOfAnotherOutletError
from nhipcau.press.domain.outlets import register_outlet, register_source
from nhipcau.press.models import Outlet, Source, SourceHealth
from tests.support.articles import ACTOR, make_article

pytestmark = pytest.mark.both_databases


def entries():
    return [(entry.verb, json.loads(entry.payload)) for entry in Entry.objects.order_by("pk")]


def test_register_outlet_twice_writes_one_entry(as_system):
    for _ in range(2):
        outlet = register_outlet(actor=ACTOR, host="Paper.example", name="Giấy", country="fr", reach=0.5, sample=True)

    assert (outlet.host, outlet.country, outlet.country_from) == ("paper.example", "FR", "registry")
    assert [verb for verb, _ in entries()] == ["press.register_outlet"]


def test_register_outlet_says_what_it_changed(as_system):
    register_outlet(actor=ACTOR, host="paper.example", name="Giấy", country="FR")

    register_outlet(actor=ACTOR, host="paper.example", name="Giấy", country="FR", rights="Text for 90 days")

    assert entries()[-1] == ("press.register_outlet", {"rights": ["", "Text for 90 days"]})


def test_register_outlet_takes_over_one_that_an_article_brought(as_system):
    article = make_article(outlet="?", country=None)

    outlet = register_outlet(actor=ACTOR, host="paper.example", name="Le Papier", country="FR")

    assert outlet.pk == article.outlet_id
    assert Outlet.objects.get().name == "Le Papier"


def test_register_source_is_due_at_once_and_only_once(as_system):
    outlet = register_outlet(actor=ACTOR, host="paper.example", name="Le Papier")

    for _ in range(2):
        source = register_source(actor=ACTOR, outlet=outlet, url="https://paper.example/feed")

    assert Source.objects.get() == source
    assert source.health == SourceHealth.WAITING
    assert [verb for verb, _ in entries()] == ["press.register_outlet", "press.register_source"]


def test_register_source_can_pause_one(as_system):
    outlet = register_outlet(actor=ACTOR, host="paper.example", name="Le Papier")
    register_source(actor=ACTOR, outlet=outlet, url="https://paper.example/feed")

    source = register_source(actor=ACTOR, outlet=outlet, url="https://paper.example/feed", active=False)

    assert source.health == SourceHealth.PAUSED
    assert entries()[-1] == ("press.register_source", {"active": [True, False]})


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user:secret@paper.example/feed",
        "https:///feed",
        "https://[::1/feed",
        "https://paper.example/" + "a" * 600,
    ],
)
def test_register_source_refuses_what_is_no_address_for_it(as_system, url):
    outlet = register_outlet(actor=ACTOR, host="paper.example", name="Le Papier")

    with pytest.raises(BadAddressError):
        register_source(actor=ACTOR, outlet=outlet, url=url)

    assert not Source.objects.exists()


def test_register_source_refuses_one_of_another_outlet(as_system):
    first = register_outlet(actor=ACTOR, host="a.example", name="A")
    second = register_outlet(actor=ACTOR, host="b.example", name="B")
    register_source(actor=ACTOR, outlet=first, url="https://a.example/feed")

    with pytest.raises(SourceOfAnotherOutletError):
        register_source(actor=ACTOR, outlet=second, url="https://a.example/feed")

    assert Source.objects.get().outlet == first


def test_registering_is_for_analysts(as_system, two_offices):
    outlet = register_outlet(actor=ACTOR, host="a.example", name="A")

    with pytest.raises(PermissionDeniedError):
        register_outlet(actor=two_offices.ours.administrator, host="b.example", name="B")
    with pytest.raises(PermissionDeniedError):
        register_source(actor=two_offices.ours.administrator, outlet=outlet, url="https://a.example/feed")

    assert (Outlet.objects.count(), Source.objects.count()) == (1, 0)
