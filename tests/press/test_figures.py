from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.programme import figures
from nhipcau.programme.figures import Asked
from tests.support.digests import make_digest
from tests.support.people import make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def asked(office, *, until=None):
    today = timezone.localdate()
    return Asked(organisation=office, begin=today - timedelta(days=3), end=today, as_of=until or timezone.now())


@pytest.fixture
def office():
    with access.system("test"):
        office = make_office()
        issued = make_digest(office, state="issued", stories=("s1",))
        make_digest(office, state="recalled", stories=("s2",))
        make_digest(office, state="draft", stories=("s3",))
        return office, issued


def test_issued_digests_and_what_they_tell_are_offered_with_their_sources(office):
    office, issued = office
    with access.system("test"):
        digests = figures.count("press.digests_issued", asked(office))
        items = figures.count("press.articles_followed", asked(office))
        assert (digests.value, [source.url for source in digests.sources]) == (1, [f"/diem-bao/{issued.pk}/"])
        assert (items.value, sum(items.by["language"].values())) == (1, 1)
        before = figures.count("press.digests_issued", asked(office, until=issued.issued_at - timedelta(seconds=1)))
        assert (before.value, before.sources) == (0, [])


def test_figure_is_counted_under_the_readers_own_access(office):
    stranger = None
    with access.system("test"):
        stranger = make_person(office=make_office(), roles=["drafter"])
    with access.opened(access_for(stranger)):
        assert figures.count("press.digests_issued", asked(office[0])).value == 0


def test_figure_that_no_room_offers_is_unknown(office):
    with access.system("test"):
        assert figures.count("nowhere.nothing", asked(office[0])) is None
