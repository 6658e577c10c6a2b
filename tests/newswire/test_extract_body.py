import threading

import pytest

from nhipcau.newswire.extract.blocks import blocks_of
from nhipcau.newswire.extract.body import fragment_text, joined, main_text, without_title
from nhipcau.newswire.extract.choosing import chosen
from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.tree import Tree

SAID = [
    "The two governments signed an agreement on Tuesday that opens the border crossing for trade, after three years.",
    "Traders in both provinces had asked for it since the flood of 2023, when the old bridge was closed to lorries.",
    "The ministry said that the first lorries would cross in January, and that duties would stay as they are.",
    "A spokesman added that a second bridge was being planned, with money from a regional development bank.",
]
MENU = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(12))
TEASERS = "".join(
    f'<div class="card teaser"><a href="/t{n}"><img src="{n}.jpg"><h3>Another story number {n} of today</h3></a></div>'
    for n in range(6)
)


def page_with(article, *, behind=""):
    """A page of a newspaper with all that stands around an article."""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Border opens - The Paper</title>
<meta property="og:title" content="Border opens"></head>
<body><header class="site-header"><nav class="menu"><ul>{MENU}</ul></nav></header>
<main><article class="article"><h1>Border opens</h1><div class="byline">By A. Writer, 24 November 2026</div>
<div class="article-body">{article}</div></article>{behind}
<aside class="related"><h2>Related</h2>{TEASERS}</aside></main>
<footer class="footer"><p>© 2026 The Paper. All rights reserved. <a href="/t">Terms</a></p></footer></body></html>"""


def paragraphs(lines):
    return "".join(f"<p>{line}</p>" for line in lines)


def text_of(source):
    return main_text(Page(Tree(source), url="")).splitlines()


def test_the_article_is_found_and_nothing_around_it():
    assert text_of(page_with(paragraphs(SAID))) == SAID


def test_subheads_quotes_and_lists_stay_in_order():
    article = (
        f"<p>{SAID[0]}</p><h2>What changes for traders in January</h2><p>{SAID[1]}</p>"
        f"<blockquote><p>{SAID[2]}</p></blockquote><ul><li>{SAID[3]}</li></ul><p>{SAID[0][:-1]} of waiting.</p>"
    )

    found = text_of(page_with(article))

    assert [line for line in found if line in SAID] == SAID
    assert found[-1] == f"{SAID[0][:-1]} of waiting."


@pytest.mark.parametrize(
    "behind",
    [
        '<section class="comments"><h3>Comments</h3><div class="comment"><p>They promise it.</p></div></section>',
        '<div class="newsletter-signup"><p>Subscribe to our newsletter and get the news of the morning.</p></div>',
        '<div class="cookie-consent"><p>We use cookies to improve your experience on this site.</p></div>',
    ],
    ids=["comments", "newsletter", "cookies"],
)
def test_what_others_say_and_want_is_left_out(behind):
    assert text_of(page_with(paragraphs(SAID), behind=behind)) == SAID


def test_what_stands_twice_is_told_once():
    assert text_of(page_with(paragraphs([*SAID, SAID[0]]))).count(SAID[0]) == 1


def test_a_page_without_text_has_none():
    assert (
        main_text(Page(Tree(""), url=""))
        == main_text(Page(Tree("<html><body><img src=x></body></html>"), url=""))
        == ""
    )


def test_a_tree_stays_as_it_is():
    tree = Tree(page_with(paragraphs(SAID)))

    assert main_text(Page(tree, url="")) == main_text(Page(tree, url=""))


# Blocks


def lines_of(body):
    return fragment_text(Tree(body)).splitlines()


def test_blocks_part_where_the_page_breaks_and_not_inside_words():
    assert lines_of("<p><b>J</b>ohn  and\n<i>Ann</i></p>tail<div>one<br>two<br><br>three</div>") == [
        "John and Ann",
        "tail",
        "one",
        "two",
        "three",
    ]


def test_what_is_not_shown_is_no_block():
    hidden = "<script>a()</script><style>b{}</style><noscript>c</noscript><template>d</template><textarea>e</textarea>"

    assert lines_of(f"<p>seen{hidden}</p><svg><text>f</text></svg><select><option>g</select>") == ["seen"]


def test_cells_of_a_row_share_a_line():
    assert lines_of("<table><tr><th>a<th>b<tr><td>1<td>2</table><p>end") == ["a | b", "1 | 2", "end"]


def test_readings_beside_characters_are_left_out():
    assert lines_of("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字</p>") == ["漢字"]


def test_blocks_of_which_nothing_is_left_are_taken_out():
    page = blocks_of(Tree("<p>\u00ad</p><p>one</p><p>\ufeff</p><p>two</p>"))

    assert page.texts == ["one", "two"]
    assert joined(page, [1]) == "two"
    assert {len(column) for column in (page.elements, page.linked, page.strong, page.pictures)} == {2}


# What is chosen


def test_where_nothing_is_likely_the_likeliest_is_taken():
    page = blocks_of(Tree(f"<p>{SAID[0]}</p><p>Menu</p><p>{SAID[1]}</p>"))

    assert chosen(page, [0.9, 0.1, 0.4], 0.5) == [0]
    assert chosen(page, [0.3, 0.1, 0.35], 0.5) == [2]
    assert chosen(page, [0.05, 0.01, 0.05], 0.5) == []


def test_a_text_that_stands_there_again_in_one_piece_is_told_once():
    whole = " ".join(SAID * 2)
    page = blocks_of(Tree(f"{paragraphs(SAID)}<div>{' '.join(SAID)} {whole}</div>"))

    assert chosen(page, [0.9] * len(page.texts), 0.5) == [0, 1, 2, 3]


def test_a_long_paragraph_of_its_own_stays():
    page = blocks_of(Tree(f"{paragraphs(SAID)}<p>{' '.join(f'word{number}' for number in range(200))}</p>"))

    assert chosen(page, [0.9] * len(page.texts), 0.5) == [0, 1, 2, 3, 4]


def test_pages_are_read_on_several_threads():
    source = page_with(paragraphs(SAID))
    found = []

    def read():
        found.extend(main_text(Page(Tree(source), url="")) for _ in range(30))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["\n".join(SAID)] * 240


@pytest.mark.parametrize(
    "above",
    [
        "Lanterns in Hoi An",
        "By Sample Writer 01",
        "Von Anna Beispiel und Jan Muster",
        "2026-11-19 11:00",
        "19/11/2026 - 11:00 (GMT+7)",
        "Lanterns in Hoi An\nBy Sample Writer 01\n2026-11-19 11:00",
    ],
)
def test_headline_author_and_day_above_a_text_are_not_of_it(above):
    assert without_title(f"{above}\nThe first sentence.\nThe second.", ["Lanterns in Hoi An"]) == (
        "The first sentence.\nThe second."
    )


@pytest.mark.parametrize(
    "text",
    [
        "By 2030 Viet Nam wants more.",
        "By the sea, a town waits\nIt waits.",
        "Por la mañana llovió\nY más.",
        "2026",
        "19 boats came.",
    ],
)
def test_text_that_only_begins_like_an_author_or_a_day_stays(text):
    assert without_title(text, []) == text
