"""A byline is shown with its article and nowhere else: every way of arranging articles is gone through here."""

import inspect
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from nhipcau.press import filters, queries
from nhipcau.press.models import Article
from nhipcau.press.urls import urlpatterns
from nhipcau.ui.listing import listings
from tests.support.articles import make_article

PRESS = Path(inspect.getfile(filters)).parents[1]


def names_of(filter_set):
    """The names and fields of a set of filters."""
    for name, field in filter_set.base_filters.items():
        yield from (name, field.field_name or "")


def test_no_filter_of_the_press_room_knows_the_byline():
    sets = [made for _, made in inspect.getmembers(filters, inspect.isclass) if hasattr(made, "base_filters")]

    assert filters.CoverageFilter in sets
    assert [name for made in sets for name in names_of(made) if "byline" in name] == []


def test_no_order_and_no_column_of_a_list_knows_the_byline():
    lists = [each for each in listings() if each.name.startswith("press.")]
    columns = [column for each in lists for column in each.columns]
    orders = [order for each in lists for order in [each.order, *(named.fields for named in each.orders.values())]]
    fields = [field for order in [*orders, *(column.order_by for column in columns)] for field in order]

    assert "-dated_at" in fields
    assert [field for field in [*fields, *Article._meta.ordering] if "byline" in field] == []
    assert [column.key for column in columns if "byline" in column.key] == []
    declared = [file.read_text("utf-8") for file in (PRESS / "listings").glob("*.py")]
    assert len(declared) > 1
    assert [text for text in declared if "byline" in text] == []


def test_no_index_or_constraint_knows_the_byline():
    named = [field for index in Article._meta.indexes for field in index.fields]

    assert "-dated_at" in named
    assert [field for field in named if "byline" in field] == []
    assert Article._meta.get_field("byline").db_index is False
    assert [c for c in Article._meta.constraints if "byline" in repr(c)] == []


def test_no_index_in_the_database_holds_the_byline(db):
    with connection.cursor() as cursor:
        indexes = connection.introspection.get_constraints(cursor, "press_article")

    assert "article_newest" in indexes
    assert [name for name, index in indexes.items() if "byline" in (index["columns"] or [])] == []


def test_only_the_article_has_a_byline():
    holders = [
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model._meta.app_label == "press" and "byline" in field.name
    ]

    assert holders == ["press.Article"]


def test_search_does_not_find_a_byline(as_system):
    from nhipcau import search

    make_article("Cầu mới", byline="Jeanne Dupont")

    assert not search.matching(Article.objects.all(), "jeanne").exists()
    assert search.matching(Article.objects.all(), "cau moi").exists()


def test_lists_do_not_even_read_the_byline(as_system):
    make_article(byline="Jeanne Dupont")
    article = queries.coverage().get()

    assert "title" not in article.get_deferred_fields()
    assert "byline" in article.get_deferred_fields()


def test_only_the_article_s_own_template_prints_the_byline():
    printing = {
        file.name for file in PRESS.glob("templates/press/*.html") if re.search(r"\bbyline\b", file.read_text("utf-8"))
    }

    assert printing == {"article.html"}


@pytest.mark.both_databases
def test_no_list_shows_or_sorts_by_a_byline(desk, as_system):
    make_article("Cầu mới", byline="Jeanne Dupont")
    routes = [route for route in urlpatterns if "<int:" not in str(route.pattern)]

    assert routes
    for route in routes:
        for query in ("", "?show=all", "?byline=Jeanne&show=all", "?sort=byline", "?q=jeanne"):
            assert "Dupont" not in desk.get(f"/{route.pattern}{query}").text, query
