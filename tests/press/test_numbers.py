"""Numbers of the coverage: they add up, are compared on the same outlets only, and open exactly what they count."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from nhipcau.audit.models import Entry
from nhipcau.press import numbers
from nhipcau.press.counting import Cell, DayInVietNam, Tally, TopicCell, followed, tally
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.domain.digests import store_digest
from nhipcau.press.filters import CoverageFilter, DigestArticlesFilter
from nhipcau.press.models import Article, DigestArticle, DigestKind, DigestState, Outlet
from nhipcau.press.number_charts import signed
from nhipcau.press.numbers import Change, count, count_digest, numbers_of_digest
from nhipcau.press.periods import Period
from tests.press.test_coverage import press_queries
from tests.support.articles import ACTOR, make_record
from tests.support.results import make_result

pytestmark = pytest.mark.both_databases

#: Noon in Viet Nam, two days ago, so that nothing asked for lies in the future whenever the tests run.
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=2)


def ago(days, **less):
    return NOON - timedelta(days=days, **less)


def store(*articles):
    """Store ``(host, country, days ago, more)``; each is collected as it is published."""
    records = [
        make_record(host=host, country=country, outlet=host, published_at=ago(days), **more)
        for host, country, days, more in articles
    ]
    store_articles(actor=ACTOR, articles=records)
    Article.objects.update(collected_at=F("dated_at"))
    return records


def repeats(reprint, first):
    one = Article.objects.get(engine_id=first.id)
    Article.objects.filter(engine_id=reprint.id).update(duplicate_of=one)


@pytest.fixture
def press(as_system):
    """Two outlets followed for long, one that came late, one that fell silent; a reprint; what is not relevant.

    This week: a.example 3 and a reprint, b.example 1, late.example 2. The week before: a.example 1, b.example 2,
    silent.example 1.
    """
    french, german = {"language": "fr", "topics": ("economy", "culture")}, {"language": "de", "topics": ()}
    other = {"relevance": 0.0, "reasons": ()}
    records = store(
        ("a.example", "FR", 30, other),
        ("b.example", "DE", 30, other),
        ("silent.example", "FR", 30, other),
        ("a.example", "FR", 8, french),
        ("b.example", "DE", 9, german),
        ("b.example", "DE", 10, german | {"topics": ("culture",)}),
        ("silent.example", "FR", 10, french),
        ("a.example", "FR", 0, french),
        ("a.example", "FR", 1, french | {"topics": ("economy",)}),
        ("a.example", "FR", 2, german),
        ("a.example", "FR", 2, french),
        ("b.example", "DE", 3, german),
        ("late.example", None, 1, {"language": "und", "topics": ()}),
        ("late.example", None, 1, german),
        ("b.example", "DE", 1, other),
    )
    repeats(records[10], records[8])
    return records


def week():
    return Period.of_days(ago(6).date(), NOON.date(), timezone.now())


def counted(**given):
    return count(Article.objects.all(), week(), as_of=timezone.now(), outlets=Q(), **given)


# Counting -------------------------------------------------------------------------------------------------------------


def test_day_is_that_of_viet_nam_on_both_databases(as_system):
    store_articles(
        actor=ACTOR,
        articles=[
            make_record(published_at=datetime(2026, 11, 20, hour, 59, 59, 999, tzinfo=UTC)) for hour in (0, 16, 17)
        ],
    )

    rows = Article.objects.annotate(ours=DayInVietNam("dated_at"), django=TruncDate("dated_at")).order_by("dated_at")

    assert [row.ours for row in rows] == [row.django for row in rows]
    assert [row.ours.day for row in rows] == [20, 20, 21]


def test_items_are_counted_without_reprints_and_by_everything(press):
    found = counted().numbers
    hosts = {outlet.pk: outlet.host for outlet in Outlet.objects.all()}

    assert {what: found.total(what) for what in numbers.TOTALS} == {
        "items": 6,
        "reprints": 1,
        "outlet": 3,
        "country": 2,
        "language": 2,
        "topic": 2,
    }
    assert dict(found.by["country"]) == {"FR": 3, "DE": 1, "": 2}
    assert dict(found.by["language"]) == {"fr": 2, "de": 3, "und": 1}
    assert dict(found.by["topic"]) == {"economy": 2, "culture": 1, "": 4}
    assert {hosts[key]: number for key, number in found.by["outlet"].items()} == {
        "a.example": 3,
        "b.example": 1,
        "late.example": 2,
    }


def test_reprints_are_counted_as_items_where_asked(press):
    found = counted(with_reprints=True).numbers

    assert (found.items, found.reprints, found.by["country"]["FR"], found.by["topic"]["economy"]) == (7, 1, 4, 3)


CELLS = st.lists(
    st.builds(
        Cell,
        st.integers(1, 4),
        st.sampled_from(["fr", "de", "und"]),
        st.dates(date(2026, 11, 1), date(2026, 11, 5)),
        st.booleans(),
        st.integers(1, 50),
    )
)
TOPICS = st.lists(st.builds(TopicCell, st.integers(1, 4), st.sampled_from(["economy", ""]), st.integers(1, 50)))


# A machine with other work to do makes them slowly; that says nothing of the numbers.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(CELLS, TOPICS, st.booleans(), st.sets(st.integers(1, 4)))
def test_parts_add_up_to_the_total_and_two_sets_of_outlets_to_both(cells, topics, with_reprints, some):
    outlets = {key: SimpleNamespace(country=country) for key, country in enumerate(["FR", "DE", "", "FR"], 1)}
    read = Tally(tuple(cells), tuple(topics), with_reprints, outlets)

    whole, one, other = read.numbers(), read.numbers(some), read.numbers(set(outlets) - some)

    for what in ("country", "language", "outlet", "day"):
        assert sum(whole.by[what].values()) == whole.items
    for what in whole.by:
        assert one.by[what] + other.by[what] == whole.by[what]
    assert (one.items + other.items, one.reprints + other.reprints) == (whole.items, whole.reprints)
    assert whole.items + (0 if with_reprints else whole.reprints) == sum(cell.number for cell in cells)


def test_tally_needs_the_same_queries_for_one_outlet_and_three(as_system):
    for number in (1, 3):
        store(*((f"h{number}{n}.example", "FR", n, {}) for n in range(number)))
        with CaptureQueriesContext(connection) as captured:
            tally(Article.objects.all(), week())
        # The cells, the topics, the outlets.
        assert len(press_queries(captured)) == 3


# Comparing ------------------------------------------------------------------------------------------------------------


def test_outlet_is_followed_from_its_first_collected_article_until_it_falls_silent(press):
    hosts = lambda *periods: sorted(followed(*periods).values_list("host", flat=True))  # noqa: E731

    assert hosts(week()) == ["a.example", "b.example"]
    assert hosts(week().before()) == ["a.example", "b.example", "silent.example"]
    assert hosts(week(), week().before()) == ["a.example", "b.example"]
    # A day of silence is none: the week that ends with it is looked at.
    today = Period.of_days(NOON.date(), NOON.date(), timezone.now())
    assert hosts(today) == ["a.example", "b.example", "late.example"]


def test_old_items_of_a_feed_that_is_new_do_not_make_it_followed_then(as_system):
    store(("a.example", "FR", 30, {}))
    store_articles(actor=ACTOR, articles=[make_record(host="new.example", published_at=ago(day)) for day in (1, 9, 40)])

    assert [outlet.host for outlet in followed(week().before())] == []
    assert "new.example" not in {outlet.host for outlet in followed(week())}


def test_change_is_taken_on_the_outlets_followed_in_both_periods(press):
    previous, _year = counted().comparisons

    assert (previous.outlets, previous.left_out, previous.why_not) == (2, 2, "")
    assert previous.of("items") == Change(now=4, before=3)
    assert previous.of("reprints") == Change(now=1, before=0)
    assert previous.of_value("country", "DE") == Change(now=1, before=2)
    assert previous.of_value("country", "") == Change(now=0, before=0)
    assert previous.of_value("topic", "culture") == Change(now=1, before=2)


def test_period_before_anything_was_collected_cannot_be_compared_and_says_so(press, analyst):
    from django.utils import translation

    with translation.override("vi"):
        _previous, year = counted().comparisons

    assert (year.of("items"), year.now, year.before) == (None, None, None)
    assert year.why_not == f"Không so được: chưa thu thập trước ngày {ago(30):%d/%m/%Y}."


def test_no_outlet_followed_in_both_is_said_so(as_system):
    store(("a.example", "FR", 40, {}), ("a.example", "FR", 20, {}), ("b.example", "FR", 1, {}))

    previous, _year = counted().comparisons

    assert (previous.outlets, previous.left_out, previous.now) == (0, 1, None)
    assert previous.why_not


def test_same_period_last_year_is_compared(as_system):
    then = 365 if (week().start - week().year_before().start).days == 365 else 366
    store(
        ("a.example", "FR", then + 30, {}),
        ("a.example", "FR", then, {}),
        ("a.example", "FR", 0, {}),
        ("a.example", "FR", 1, {}),
    )

    _previous, year = counted().comparisons

    assert year.of("items") == Change(now=2, before=1)


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [(30, 20, 50), (10, 20, -50), (30, 19, None), (5, 0, None), (0, 40, -100), (21, 20, 5)],
)
def test_percentage_needs_a_base_of_twenty(now, before, percent):
    assert Change(now, before).percent == percent


def test_sign_is_always_there():
    from django.utils import translation

    with translation.override("vi"):
        assert [signed(number) for number in (1234, -5, 0)] == ["+1.234", "−5", "0"]


# The screen -----------------------------------------------------------------------------------------------------------


#: Rows of the table of totals that count kinds of items: they open the items, which are more.
KINDS = {
    "Cơ quan báo chí": "outlet__host",
    "Quốc gia, vùng lãnh thổ": "outlet__country",
    "Ngôn ngữ": "language",
    "Chủ đề": "topics__code",
}
ROW = re.compile(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', re.DOTALL)


def links_in(text):
    found = re.findall(r'<a href="(/[^"#]+)">([\d.]+)</a>', text)
    return sorted({(unescape(address), int(number.replace(".", ""))) for address, number in found})


def linked(answer):
    """Address and number of every link of a table of the page that leads to a list of as many."""
    return links_in(ROW.sub(lambda row: "" if row[1] in KINDS else row[0], answer.text))


def listed(address):
    """How many articles the list at an address has, by the filter that the list asks."""
    path, _, query = address.partition("?")
    if path == "/tin-bai/":
        return CoverageFilter(QueryDict(query), queryset=Article.objects.all()).qs.count()
    of_digest = DigestArticle.objects.filter(digest=path.split("/")[2])
    return DigestArticlesFilter(QueryDict(query), queryset=of_digest).qs.count()


@pytest.mark.parametrize(
    ("narrowed", "least"),
    [
        ("", 40),
        ("&country=FR", 20),
        ("&country=ZZ", 10),
        ("&topic=culture", 15),
        ("&topic=none&reprints=with", 15),
        ("&language=de", 15),
        ("&outlet=b.example", 15),
        ("&q=vietnam", 40),
    ],
)
def test_every_number_opens_exactly_what_it_counts(desk, press, narrowed, least):
    answer = desk.get(f"/tin-bai/con-so/?since={ago(6):%Y-%m-%d}&until={NOON:%Y-%m-%d}{narrowed}")
    links = linked(answer)

    assert answer.status_code == 200
    assert len(links) >= least
    assert [(address, number, found) for address, number in links if (found := listed(address)) != number] == []


def test_numbers_of_outlets_countries_languages_and_topics_open_the_items_they_are_found_in(desk, press):
    answer = desk.get(f"/tin-bai/con-so/?since={ago(6):%Y-%m-%d}&until={NOON:%Y-%m-%d}")
    rows = {name: links_in(cells) for name, cells in ROW.findall(answer.text) if name in KINDS}

    assert {name: len(links) for name, links in rows.items()} == dict.fromkeys(KINDS, 2)
    for name, links in rows.items():
        for address, number in links:
            keys = [article.pk for article in desk.get(address).context["page"].object_list]
            values = set(Article.objects.filter(pk__in=keys).values_list(KINDS[name], flat=True))
            assert len(values - {"", "und", None}) == number, address


def test_list_shows_what_its_filter_counts(desk, press):
    answer = desk.get(f"/tin-bai/con-so/?since={ago(6):%Y-%m-%d}&until={NOON:%Y-%m-%d}")
    address, number = next((address, number) for address, number in linked(answer) if "followed=" in address)

    assert desk.get(address).context["page"].paginator.count == number
    assert "Những gì con số đã đếm: từ" in desk.get(address).text


def test_page_says_what_is_compared_and_why_the_rest_is_not(desk, press):
    answer = desk.get(f"/tin-bai/con-so/?since={ago(6):%Y-%m-%d}&until={NOON:%Y-%m-%d}")
    said = " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())

    assert f"6 tin bài về Việt Nam từ {ago(6):%d/%m/%Y} đến {NOON:%d/%m/%Y}" in said
    assert "trên cùng 2 cơ quan báo chí; 2 cơ quan báo chí không so vì không được theo dõi trong cả hai kỳ." in said
    assert "Không so được: chưa thu thập trước ngày" in said
    assert "+1 từ 3 thành 4" in said
    assert "Số liệu đến" in said


def test_days_of_which_nothing_was_collected_are_gaps_and_no_zeros(desk, press):
    answer = desk.get(f"/tin-bai/con-so/?since={ago(6):%Y-%m-%d}&until={NOON:%Y-%m-%d}")
    time = next(chart for chart in answer.context["shown"].charts if chart.key == "theo-thoi-gian")

    assert [row.values[0].number for row in time.rows] == [None, None, None, 1, 1, 3, 1]
    assert "3 ngày không thu thập." in time.says


def test_long_period_is_shown_by_weeks_and_still_adds_up(desk, press):
    answer = desk.get(f"/tin-bai/con-so/?since={ago(90):%Y-%m-%d}&until={NOON:%Y-%m-%d}")
    time = next(chart for chart in answer.context["shown"].charts if chart.key == "theo-thoi-gian")

    assert 13 <= len(time.rows) <= 15
    assert sum(row.values[0].number or 0 for row in time.rows) == 10
    assert [(address, n) for address, n in linked(answer) if listed(address) != n] == []


@pytest.mark.parametrize("preset", ["", "?period=today", "?period=month", "?period=last-month", "?period=%00"])
def test_presets_are_marked(desk, press, preset):
    answer = desk.get(f"/tin-bai/con-so/{preset}")

    assert answer.status_code == 200
    assert answer.text.count('aria-current="true"') == 1
    # A filter keeps the period, and a period the filters.
    assert '<input type="hidden" name="period"' in answer.text
    kept = desk.get(f"/tin-bai/con-so/{preset or '?'}&country=FR").text
    assert 'href="?country=FR&amp;period=last-month"' in kept


@pytest.mark.parametrize(
    "query",
    ["since=yesterday", "until=9999-12-31", "country=%00", "topic='--", "q=%00", "since=2030-01-01&until=2020-01-01"],
)
def test_filter_that_makes_no_sense_is_left_out_or_read_as_well_as_can_be(desk, press, query):
    assert desk.get(f"/tin-bai/con-so/?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["span=x", "followed=x", "span=20261120T0000-20261119T0000", "followed=a,b,c", "span=%00"]
)
def test_list_leaves_out_a_period_that_is_none_and_says_so(desk, press, query):
    answer = desk.get(f"/tin-bai/?{query}")

    assert answer.status_code == 200
    assert "notice-error" in answer.text


def test_coverage_leads_to_the_numbers_of_what_it_is_narrowed_to(desk, press):
    assert 'href="/tin-bai/con-so/"' in desk.get("/tin-bai/").text
    address = "/tin-bai/con-so/?country=FR&amp;since=2026-11-20"
    assert f'href="{address}"' in desk.get("/tin-bai/?country=FR&since=2026-11-20&reprints=only").text


def test_numbers_leave_as_a_sheet_and_are_on_record(desk, press):
    answer = desk.get(f"/tin-bai/con-so/?since={ago(6):%Y-%m-%d}&until={NOON:%Y-%m-%d}&country=FR&export=xlsx")
    book = load_workbook(io.BytesIO(answer.getvalue()))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]

    assert rows[0][:3] == ["Nhìn theo", "Giá trị", "Kỳ này"]
    assert ["Tổng cộng", "Tin bài", 3, 1, 3, 2, None] in rows
    assert ["Quốc gia", "Pháp", 3, 1, 3, 2, None] in rows
    assert ["Chủ đề", "Kinh tế và thương mại", 2, 1, 2, 1, None] in rows
    assert ["Quốc gia", "Pháp"] in [[cell.value for cell in row] for row in book.worksheets[1].iter_rows(max_col=2)]
    told = Entry.objects.get(verb="press.take_numbers").changes
    assert (told["filters"]["country"], told["rows"]) == ("FR", len(rows) - 1)


def test_nothing_collected_says_so(desk, as_system):
    answer = desk.get("/tin-bai/con-so/")

    assert "Kỳ này không có gì để đếm" in answer.text
    assert "Chưa thu thập gì." in answer.text


def test_page_needs_the_same_queries_for_one_outlet_and_three(desk, as_system):
    for number in (1, 3):
        store(*((f"h{n}.example", "FR", days, {}) for n in range(number) for days in (0, 8, 30)))
        with CaptureQueriesContext(connection) as captured:
            answer = desk.get(f"/tin-bai/con-so/?since={ago(6):%Y-%m-%d}&until={NOON:%Y-%m-%d}")
        assert answer.context["shown"].counted.comparisons[0].outlets == number
        # Three for each of the two periods; since when, for each comparison; whom it compares; the days, the last
        # collection; what the filters offer: countries, languages, outlets.
        assert len(press_queries(captured)) == 14


# Digests --------------------------------------------------------------------------------------------------------------


def make_digest(office, day, records, period):
    return store_digest(
        actor=ACTOR, organisation=office, result=make_result(records), day=day, period=period, as_of=timezone.now()
    )


@pytest.fixture
def digests(office, press):
    """Two digests that follow one another: of the week before and of this week."""
    before, this = week().before(), week()
    old = make_digest(office, before.last, press[3:7], (before.start, before.end))
    new = make_digest(office, this.last, press[7:], (this.start, this.end))
    return old, new


def test_digest_is_compared_with_the_office_s_digest_before_it(digests):
    old, new = digests
    found = count_digest(new, as_of=timezone.now())
    previous, year = found.comparisons

    assert (found.numbers.items, found.numbers.total("outlet")) == (6, 3)
    assert previous.digest == old
    assert previous.of("items") == Change(now=4, before=3)
    assert year.why_not
    assert count_digest(old, as_of=timezone.now()).comparisons[0].why_not


def test_flash_is_not_compared_and_a_discarded_digest_is_none_before(digests):
    old, new = digests
    new.kind = DigestKind.FLASH
    assert [each.now for each in count_digest(new, as_of=NOON).comparisons] == [None, None]

    new.kind = DigestKind.DAILY
    type(old).objects.filter(pk=old.pk).update(state=DigestState.DISCARDED)
    assert count_digest(new, as_of=NOON).comparisons[0].digest is None


def test_digest_s_numbers_open_exactly_what_they_count(desk, digests):
    links = linked(desk.get(f"/diem-bao/{digests[1].pk}/con-so/"))

    assert len(links) >= 30
    assert desk.get(links[0][0]).context["page"].paginator.count == links[0][1]
    assert [(address, number, found) for address, number in links if (found := listed(address)) != number] == []


def test_digest_s_numbers_leave_as_plain_data(digests):
    told = numbers_of_digest(digests[1], as_of=NOON)

    assert told["totals"]["items"] == {
        "number": 6,
        "previous": {"now": 4, "before": 3, "difference": 1, "percent": None},
        "last_year": None,
    }
    assert told["by"]["country"] == [["FR", 3], ["", 2], ["DE", 1]]
    assert told["by"]["outlet"][0] == ["a.example", 3]
    assert (told["compared"]["previous"]["outlets"], told["compared"]["previous"]["left_out"]) == (2, 2)


def test_digest_s_numbers_of_another_office_are_not_there(desk, two_offices, press):
    theirs = make_digest(two_offices.theirs.office, NOON.date(), press[7:], (week().start, week().end))

    assert desk.get(f"/diem-bao/{theirs.pk}/con-so/").status_code == 404


def test_digest_s_numbers_need_the_same_queries_for_one_outlet_and_three(desk, office, as_system):
    for number in (1, 3):
        hosts = [f"h{n}.example" for n in range(number)]
        store(*((host, "FR", 30, {}) for host in hosts))
        for period, days in ((week().before(), 8), (week(), 0)):
            records = store(*((host, "FR", days, {}) for host in hosts))
            day = period.last + timedelta(days=number)
            digest = make_digest(office, day, records, (period.start, period.end))
        with CaptureQueriesContext(connection) as captured:
            answer = desk.get(f"/diem-bao/{digest.pk}/con-so/")
        assert answer.context["shown"].counted.comparisons[0].outlets == number
        # The digest, the one before it; three for each; since when, for each comparison; whom it compares; the days,
        # the last collection.
        assert len(press_queries(captured)) == 13
