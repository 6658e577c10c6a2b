import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.tree import Tree


def page(head="", content="", *, lang=""):
    markup = f"<html{lang}><head>{head}</head><body>{content}</body></html>"
    return Page(Tree(markup), url="https://www.example.vn/a/b.html")


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


@pytest.mark.parametrize(
    ("head", "content", "title"),
    [
        # What most places say goes before what the most trusted one does.
        (ld(headline="Data") + '<meta property="og:title" content="Printed"><title>Printed - A</title>', "", "Printed"),
        # Of several headings the one that another place knows.
        (ld(headline="Two"), "<h1>One</h1><h1>Two</h1>", "Two"),
        # A section, in any script, is no part of it; a kicker is.
        ('<meta property="og:title" content="회담 개막-정치ㅣ보기">' + ld(headline="회담 개막"), "", "회담 개막"),
        ("<title>Trade: It opens | World</title>", "<h1>Trade: It opens</h1>", "Trade: It opens"),
        # A heading that leads to the front page is the site's.
        ("<title>It opens : Blog</title>", "<h1><a href='/'>Blog</a></h1><h2>It opens</h2>", "It opens"),
        ("<title>example.vn - The summit opens</title>", "", "The summit opens"),
        ("", "<h1><span>The summit</span><span>opens</span></h1>", "The summit opens"),
    ],
)  # fmt: skip
def test_title_is_the_line_that_most_places_agree_on(head, content, title):
    assert page(head, content).title() == title


def test_title_is_not_a_summary_put_into_its_field():
    head = ld(headline="technique for reduction") + "<title>Stochastic embedding - Encyclopedia</title>"

    assert page(head, "<h1>Stochastic embedding</h1>").title() == "Stochastic embedding"


@pytest.mark.parametrize(
    ("head", "content", "byline"),
    [
        (ld(author={"name": "Nguyễn Văn A"}), "", "Nguyễn Văn A"),
        (ld(author=[{"name": "NGUYỄN Văn A"}, {"name": "Trần B"}]), "", "NGUYỄN Văn A, Trần B"),
        (ld(author={"name": ["A One", "B Two"]}), "", "A One, B Two"),
        (ld(author={"givenName": "A", "familyName": "One"}), "", "A One"),
        (ld(author={"@id": "#x"}) + ld(**{"@id": "#x", "@type": "Person", "name": "A One"}), "", "A One"),
        (ld(author={"@id": "#x"}) + '<meta name="author" content="Trần B">', "", "Trần B"),
        (ld(author="https://example.vn/tran-b") + '<meta name="author" content="Trần B">', "", "Trần B"),
        (ld(author="b@example.vn") + '<meta name="author" content="Trần B">', "", "Trần B"),
        ('<meta property="article:author" content="https://facebook.com/x">', "<a rel='author'>Trần B</a>", "Trần B"),
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="A One">', "", "A One"),
        ('<meta name="twitter:label1" content="Time"><meta name="twitter:data1" content="Nine Minutes">', "", None),
        ("", "<div class='big byline'>Von <b>A B</b> und\n C D</div>", "A B, C D"),
        ("", "<span itemprop='author'><b itemprop='name'>A One</b>, editor</span>", "A One"),
        ("", "<p class='author'>By <a href='/authors/1'>A One</a>, <a href='/topics/2'>Trade</a></p>", "A One"),
        ("", "<h1>T</h1><div>Por A One</div>", "A One"),
        ("", "<div class='comments'><p class='author'>A One</p></div>", None),
        ("", "<p class='author'>Share Facebook</p>", None),
        ("", "<p>x</p>", None),
    ],
)
def test_byline_is_the_names_as_printed(head, content, byline):
    assert page(head, content).byline() == byline


def test_byline_is_what_the_story_is_signed_with():
    story = f"<p>{'Các đại biểu thảo luận về thương mại. ' * 5}</p>"

    assert page("", f"<h1>T</h1>{story}<p><strong>Lê Phương</strong></p>").byline() == "Lê Phương"
    assert page("", f"<h1>T</h1><p><b>A One</b></p>{story}").byline() == "A One"
    assert page("", f"<h1>T</h1>{story}<p><b>What follows now</b></p>{story}").byline() is None


def test_byline_never_names_the_publication():
    publisher = ld(author={"name": "Báo Mẫu"}, publisher={"name": "Báo Mẫu"})

    assert page(publisher, "<p class='author'>Trần B</p>").byline() == "Trần B"
    assert page(publisher).byline() is None
    assert page('<meta name="author" content="Example.vn, Hà Nội">').byline() is None


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


def test_section_is_the_first_that_the_page_names():
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [{"name": "Mẫu"}, {"item": {"name": "Thế giới"}}, {"name": "Khai mạc"}],
    }

    assert page(ld(articleSection=["Kinh tế", "Tin"])).section() == "Kinh tế"
    assert page('<meta property="article:section" content="World">').section() == "World"
    assert page(f'<script type="application/ld+json">{json.dumps(crumbs)}</script>').section() == "Thế giới"
    assert page("").section() is None


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type":"NewsArticle","headline":"Title","author":[{"@type":"Person","name":"A One"},],}',
        '<!-- {"@type":"NewsArticle","headline":"Title","author":{"name":"A One"}} -->',
        '{"@type":"NewsArticle","headline":"Title","author":{"name":"A One"}};',
        '{"@type":"NewsArticle","headline":"Title","author":{"@type":"Person","name":"A One"},"x":"a"b"}',
        '{"@type":"Article","headline":"Title","author":"A One"}'.replace('"', "&quot;"),
    ],
)
def test_broken_structured_data_is_mended_or_read_by_eye(broken):
    found = page(f'<script type="application/ld+json">{broken}</script>')

    assert (found.title(), found.byline()) == ("Title", "A One")


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


@settings(suppress_health_check=[HealthCheck.too_slow])
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
