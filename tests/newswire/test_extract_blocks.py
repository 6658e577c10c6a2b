import numpy as np
import pytest

from nhipcau.newswire.extract.blocks import blocks_of
from nhipcau.newswire.extract.levels import LEVELS, Levels
from nhipcau.newswire.extract.tree import Tree
from nhipcau.newswire.extract.vocabulary import WORDS, kinds_of_words

MENU = "<ul>" + "".join(f"<li><a href='/{word}'>{word}</a></li>" for word in ("One", "Two", "Three")) + "</ul>"


def test_blocks_are_texts_without_another_block_inside_in_page_order():
    page = blocks_of(Tree("<div>before <b>the</b> <i>list</i><p>inside</p>behind<br>it<br><br>and after</div>"))

    assert page.texts == ["before the list", "inside", "behind\nit", "and after"]
    assert [page.tags[number] for number in page.elements] == ["div", "p", "div", "div"]


def test_a_menu_is_cut_off_and_what_it_held_is_counted():
    page = blocks_of(Tree(f"<p>Before.</p>{MENU}<p>Behind.</p>"))

    assert page.texts == ["Before.", "Behind."]
    assert page.cut == [0, len("OneTwoThree")]
    assert "ul" not in page.tags


def test_a_menu_is_kept_where_it_is_asked_for():
    assert blocks_of(Tree(f"<p>Before.</p>{MENU}"), menus=True).texts == ["Before.", "One", "Two", "Three"]


@pytest.mark.parametrize(
    "items",
    [
        "<li><a href='/1'>One</a></li><li><a href='/2'>Two</a></li>",
        "<li><a href='/1'>One</a></li><li><a>Two</a></li><li>Three is no link, and says more than both of them.</li>",
    ],
)
def test_two_links_are_no_menu_and_nor_is_a_list_that_says_something(items):
    assert len(blocks_of(Tree(f"<ul>{items}</ul>")).texts) == items.count("<li>")


def test_elements_without_text_are_left_out():
    page = blocks_of(Tree("<div><section></section><p>Text</p><div><img src='a.png'></div></div><p>More</p>"))

    assert page.tags == ["body", "div", "p", "p"]
    assert page.parent == [-1, 0, 1, 0]
    assert page.ends == [3, 2, 2, 3]
    assert page.pictures == [0, 1]


def test_sums_over_elements_are_those_of_the_blocks_inside():
    page = blocks_of(Tree("<div>one<p>two</p>three</div><section><div><p>four</p></div>five</section>"))
    levels, values = Levels(page), np.arange(1.0, 11.0).reshape(5, 2)

    def inside(number, element):
        return element <= page.elements[number] <= page.ends[element]

    plain = [[sum(values[n] for n in range(5) if inside(n, at)) for at in row] for row in levels.at]
    assert levels.sums(values).tolist() == np.array(plain).tolist()
    assert levels.at.shape == (LEVELS, 5)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("all rights reserved", "legal"),
        ("© 2026 the paper", "legal"),
        ("chia sẻ bài viết", "share"),
        ("相关阅读", "onward"),
        ("5 min read", "byline"),
        ("tags: trade", "tags"),
    ],
)
def test_kinds_of_words_are_known_by_their_first_letters(text, kind):
    bits = kinds_of_words(text, text.replace(":", " ").split())

    assert kind in {name for number, name in enumerate(WORDS) if bits >> number & 1}


def test_words_are_looked_for_where_they_begin():
    assert kinds_of_words("the reshare of a thread", ["the", "reshare", "of", "a", "thread"]) == 0
