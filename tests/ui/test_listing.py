"""Lists: rows, order, columns, pages, cells, and that nothing is read per row."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count, Sum
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe
from django.utils.translation import override

from nhipcau.network.models import Organisation
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, Order, listings, register, show
from nhipcau.ui.listing.cells import plain
from tests.support.people import make_office

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("as_system")]


class Words(forms.Form):
    q = forms.CharField(required=False, label="Words")
    least = forms.IntegerField(required=False, label="Least")


def narrow(rows, asked):
    return rows.filter(slug__contains=asked["q"]) if asked.get("q") else rows


def offices():
    return Organisation.objects.filter(slug__startswith="listed-")


def make_listing(**changes):
    declared = {
        "name": "test.offices",
        "view": "home",
        "title": "Offices",
        "heading": lambda shown: f"{shown.number} offices",
        "rows": offices,
        "filters": FormFilter.of(Words, narrow),
        "order": ("slug",),
        "columns": [
            Column(key="slug", label="Name", card="title", link=lambda row: f"/x/{row.slug}/", order_by=("slug",)),
            Column(key="pk", label="Number", numeric=True, order_by=("pk",), total=Count("pk")),
            Column(key="half", label="Half", value=lambda row: row.pk / 2, chosen=False),
        ],
    }
    return Listing(**declared | changes)


def ask(listing, query="", method="get", **given):
    request = getattr(RequestFactory(), method)(f"/somewhere/?{query}")
    request.user = AnonymousUser()
    with override("en"):
        return show(request, listing, **given)


def names(answer):
    return re.findall(r'<a class="clamp" href="/x/listed-([^"]*)/">', answer.text)


def headings(answer):
    return re.findall(r"<th [^>]*>(?:<a[^>]*>)?([^<]+)", answer.text)


@pytest.fixture
def three():
    return [make_office(slug=f"listed-{name}") for name in ("c", "a", "b")]


def test_list_shows_its_rows_in_the_declared_order(three):
    answer = ask(make_listing())

    assert names(answer) == ["a", "b", "c"]
    assert headings(answer) == ["Name", "Number"]
    assert re.search(r"<h1[^>]*>3 offices</h1>", answer.text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("sort=slug", "abc"), ("sort=-slug", "cba"), ("sort=pk", "cab"), ("sort=-pk", "bac"), ("q=a", "a")],
)
def test_list_is_ordered_and_narrowed_as_asked(three, query, expected):
    assert "".join(names(ask(make_listing(), query))) == expected


def test_heading_orders_by_its_column_and_says_how_it_is_ordered(three):
    answer = ask(make_listing(), "q=listed&sort=slug&page=1").text

    assert '<th scope="col" aria-sort="ascending"><a class="sorter" href="?q=listed&amp;sort=-slug">' in answer
    # Figures start with the highest.
    assert '<th scope="col" class="num"><a class="sorter" href="?q=listed&amp;sort=-pk">Number' in answer


def test_named_orders_come_first_and_are_offered(three):
    listing = make_listing(orders={"late": Order("Latest", ("-slug",)), "early": Order("Earliest", ("slug",))})

    answer = ask(listing)

    assert names(answer) == ["c", "b", "a"]
    assert re.findall(r'<option value="(\w+)"( selected)?>', answer.text) == [("late", " selected"), ("early", "")]
    assert names(ask(listing, "sort=early")) == ["a", "b", "c"]


@pytest.mark.parametrize("query", ["sort=password", "least=few", "sort=-late"])
def test_what_could_not_be_used_is_left_out_and_said(three, query):
    answer = ask(make_listing(), query)

    assert names(answer) == ["a", "b", "c"]
    assert "A filter could not be used and was left out" in answer.text


def test_columns_are_chosen_and_the_first_one_stays(three):
    listing = make_listing()

    assert headings(ask(listing, "columns=half")) == ["Name", "Half"]
    assert headings(ask(listing, "columns=half,pk")) == ["Name", "Number", "Half"]
    assert headings(ask(listing, "columns=half&columns=pk")) == ["Name", "Number", "Half"]
    assert headings(ask(listing, "columns=nonsense")) == ["Name", "Number"]


def test_choosing_columns_keeps_filters_and_order_and_filtering_keeps_columns(three):
    answer = ask(make_listing(), "q=listed&sort=-slug&columns=half").text

    filters, columns = re.findall(r'<form class="(?:filters|tool-menu)".*?</form>', answer, re.DOTALL)
    assert '<input type="hidden" name="columns" value="half">' in filters
    assert '<input type="hidden" name="q" value="listed">' in columns
    assert '<input type="hidden" name="sort" value="-slug">' in columns


def test_pages_show_every_row_once(three):
    listing = make_listing(per_page=2, order=("kind",))

    assert sorted(names(ask(listing, "page=1")) + names(ask(listing, "page=2"))) == ["a", "b", "c"]
    assert len(names(ask(listing, "page=999"))) == 1


def test_total_counts_every_row_that_fits_and_not_the_page_alone(three):
    answer = ask(make_listing(per_page=1)).text

    assert re.findall(r"<tfoot>.*?</tfoot>", answer, re.DOTALL)[0].count('<td class="num">3</td>') == 1


def test_total_is_not_asked_for_where_its_column_is_not_shown(three):
    column = Column(key="sum", label="Sum", value="pk", chosen=False, total=Sum("pk"))
    listing = make_listing(columns=[Column(key="slug", label="Name", card="title"), column])

    assert "<tfoot>" not in ask(listing).text
    assert "<tfoot>" in ask(listing, "columns=sum").text


def test_empty_list_says_what_would_be_here(db):
    listing = make_listing(empty=lambda shown: Empty("No office yet", "They stand here once founded."))

    assert "They stand here once founded." in ask(listing).text
    assert "Nothing fits all of these filters" in ask(listing, "q=x").text
    assert 'href="/somewhere/"' in ask(listing, "q=x").text


def test_cells_are_escaped_unless_they_are_html(three):
    columns = [
        Column(key="slug", label="<Name>", card="title", value=lambda row: "<b>", link=lambda row: '/"><script>'),
        Column(key="shown", label="Shown", show=lambda row: mark_safe("<i>x</i>")),
        Column(key="text", label='"Text"', show=lambda row: "<u>", note=lambda row: "<s>", language=lambda row: '"x'),
    ]

    row = re.search(r"<tr data-item>(.*)</tr>", ask(make_listing(columns=columns)).text).group(1)

    assert row == (
        '<td class="title"><a class="clamp" href="/&quot;&gt;&lt;script&gt;">&lt;b&gt;</a></td>'
        '<td data-label="Shown"><i>x</i></td>'
        '<td data-label="&quot;Text&quot;"><span lang="&quot;x" dir="ltr">&lt;u&gt;</span>'
        ' <span class="quiet">&lt;s&gt;</span></td>'
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("a & b", "a &amp; b"),
        (mark_safe("<b>a</b>"), "<b>a</b>"),
        (True, "Có"),
        (0, "0"),
        (1234.5, "1.234,5"),
        (Decimal("1234.50"), "1.234,50"),
        (date(2026, 11, 22), '<time datetime="2026-11-22">22/11/2026</time>'),
        (
            datetime(2026, 11, 22, 7, 5, tzinfo=UTC),
            '<time datetime="2026-11-22T07:05:00+00:00">22/11/2026 14:05</time>',
        ),
    ],
)
def test_values_are_written_as_the_reader_does(value, written):
    with override("vi"):
        assert plain(value) == written


def test_act_is_one_for_each_row(three):
    answer = ask(make_listing(act=lambda row: ("Open", f"/open/{row.slug}/") if row.slug == "listed-a" else None)).text

    assert re.findall(r'<td class="act">(.*?)</td>', answer) == [
        '<a class="btn" href="/open/listed-a/">Open</a>',
        "",
        "",
    ]


def test_list_is_read_and_nothing_else(three):
    assert ask(make_listing(), method="post").status_code == 405
    assert ask(make_listing(), method="head").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_list_needs_the_same_queries_for_one_row_and_three(number):
    for name in "abc"[:number]:
        make_office(slug=f"listed-{name}")
    with CaptureQueriesContext(connection) as captured:
        assert len(names(ask(make_listing()))) == number
    # How many, the rows, the total.
    assert len([query for query in captured if "network_organisation" in query["sql"]]) == 3


def test_list_without_columns_or_with_two_alike_is_refused():
    with pytest.raises(ValueError, match=r"test\.offices"):
        make_listing(columns=[])
    with pytest.raises(ValueError, match=r"test\.offices"):
        make_listing(columns=[Column(key="a", label="A"), Column(key="a", label="B")])


def test_two_lists_of_one_name_are_refused():
    known = listings()[0]
    with pytest.raises(ValueError, match=known.name):
        register(make_listing(name=known.name))


def test_no_list_has_a_byline_among_its_columns():
    assert listings() != []
    keys = {column.key for each in listings() for column in each.columns}
    assert {key for key in keys if "byline" in key or "author" in key} == set()
