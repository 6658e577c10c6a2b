import json

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.extract.metadata import Page


def page(head="", content="", *, lang=""):
    markup = f"<html{lang}><head>{head}</head><body>{content}</body></html>"
    return Page(lxml.html.document_fromstring(markup), url="https://www.example.vn/a/b.html")


def ld(**fields):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("head", "content", "title"),
    [
        (ld(headline="From data"), "<h1>From the page</h1>", "From data"),
        ('<meta property="og:title" content="From a tag">', "<h1>From the page</h1>", "From a tag"),
        ("<title>From the window</title>", "<h1>From the page</h1>", "From the page"),
        ("<title>From the window</title>", "<h1>One</h1><h1>Two</h1>", "From the window"),
        ("", "<h1>One <b>two</b>\n three</h1>", "One two three"),
        ("", "<p>Nothing</p>", ""),
        (ld(headline="A &amp; B &lt;i&gt;C&lt;/i&gt;"), "", "A & B C"),
        (ld(headline=["First", "Second"]), "", "First"),
        (ld(headline={"@value": "x"}), "<h1>From the page</h1>", "From the page"),
    ],
)
def test_title_is_the_declared_headline_or_the_printed_one(head, content, title):
    assert page(head, content).title() == title


def test_title_loses_the_publication_s_name():
    named = '<meta property="og:site_name" content="Báo Mẫu">'

    assert page(f'{named}<meta property="og:title" content="Summit opens - Báo Mẫu">').title() == "Summit opens"
    assert (
        page(f'{named}<meta property="og:title" content="Summit opens - in Hanoi">').title()
        == "Summit opens - in Hanoi"
    )


def test_title_loses_what_stands_behind_the_printed_headline():
    found = page('<meta property="og:title" content="Summit opens | World | 05.06.2025">', "<h1>Summit opens</h1>")

    assert found.title() == "Summit opens"


def test_title_is_not_a_summary_put_into_its_field():
    head = ld(headline="technique for reduction") + "<title>Stochastic embedding - Encyclopedia</title>"

    assert page(head, "<h1>Stochastic embedding</h1>").title() == "Stochastic embedding"


@pytest.mark.parametrize(
    ("head", "content", "byline"),
    [
        (ld(author={"name": "Nguyễn Văn A"}), "", "Nguyễn Văn A"),
        (ld(author=[{"name": "NGUYỄN Văn A"}, {"name": "Trần B"}]), "", "NGUYỄN Văn A, Trần B"),
        (ld(author="By Trần B and C"), "", "By Trần B and C"),
        (ld(author={"name": ["A One", "B Two"]}), "", "A One, B Two"),
        (ld(author={"@id": "#x"}) + '<meta name="author" content="Trần B">', "", "Trần B"),
        (ld(author="https://example.vn/tran-b") + '<meta name="author" content="Trần B">', "", "Trần B"),
        (ld(author="b@example.vn") + '<meta name="author" content="Trần B">', "", "Trần B"),
        ('<meta property="article:author" content="https://facebook.com/x">', "<a rel='author'>Trần B</a>", "Trần B"),
        ("", "<div class='big byline'>Von <b>A B</b> und\n C</div>", "Von A B und C"),
        ("", "<p>x</p>", None),
    ],
)
def test_byline_is_as_printed(head, content, byline):
    assert page(head, content).byline() == byline


def test_byline_prefers_a_person_to_the_publication_itself():
    publisher = ld(author={"name": "Báo Mẫu"}, publisher={"name": "Báo Mẫu"})

    assert page(publisher, "<p class='author'>Trần B</p>").byline() == "Trần B"
    assert page(publisher).byline() == "Báo Mẫu"


def test_image_is_an_absolute_web_address():
    assert page('<meta property="og:image" content="/i.jpg?utm_source=x">').image() == "https://www.example.vn/i.jpg"
    assert page(ld(image=[{"url": "i.jpg"}])).image() == "https://www.example.vn/a/i.jpg"
    assert page('<base href="https://cdn.example/"><meta name="twitter:image" content="i.jpg">').image() == (
        "https://cdn.example/i.jpg"
    )
    assert page('<meta property="og:image" content="data:image/png;base64,AA"><p>').image() is None


def test_site_name_is_the_page_s_own():
    assert page('<meta property="og:site_name" content=" Báo  Mẫu ">').site_name() == "Báo Mẫu"
    assert page(ld(publisher={"name": "Báo Mẫu"})).site_name() == "Báo Mẫu"
    assert page(ld(publisher={"name": "Mẫu &amp; Con"})).site_name() == "Mẫu & Con"
    assert page('<meta property="og:site_name" content="https://example.vn">').site_name() is None


def test_declared_addresses_and_language_are_given_as_they_stand():
    found = page(
        '<meta property="og:url" content="/o"><link rel="stylesheet" href="x.css"><link rel="Canonical" href="/c">',
        lang=' lang="vi-VN"',
    )

    assert found.declared_addresses() == ["/c", "/o"]
    assert found.declared_language() == "vi-VN"


def test_structured_data_is_found_in_graphs_lists_and_comments():
    graph = {"@graph": [{"@type": "WebPage"}, [{"@type": ["Thing", "ReportageNewsArticle"], "headline": "Inside"}]]}
    script = f'<script type="application/ld+json">//<![CDATA[\n{json.dumps(graph)}\n//]]></script>'

    assert page(script).title() == "Inside"


def test_structured_data_may_hold_raw_line_breaks():
    script = '<script type="application/ld+json">{"@type": "Article", "headline": "Two\nlines"}</script>'

    assert page(script).title() == "Two lines"


def test_is_bare_where_nothing_surrounds_the_article():
    assert page('<meta charset="utf-8"><title>t</title>', "<article><p>x</p></article>").is_bare()
    assert not page('<meta name="author" content="x">', "<article><p>x</p></article>").is_bare()
    assert not page("", "<nav>n</nav><article><p>x</p></article>").is_bare()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["@type", "author", "name", "headline", "image", "url", "publisher"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_structured_data_of_any_shape_is_survived(value):
    node = value if isinstance(value, dict) else {"author": value}
    found = page(ld(**{name: inner for name, inner in node.items() if name != "@type"}))

    assert isinstance(found.title(), str)
    assert found.byline() is None or found.byline()
    assert found.image() is None or found.image().startswith("http")
    assert found.site_name() is None or found.site_name()


@pytest.mark.parametrize("depth", [2_000, 200_000])
def test_structured_data_nested_without_end_is_passed_over(depth):
    assert page(f'<script type="application/ld+json">{"[" * depth}{"]" * depth}</script>', "<h1>T</h1>").title() == "T"
