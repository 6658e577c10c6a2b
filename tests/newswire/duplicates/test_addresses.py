import pytest

from nhipcau.newswire.duplicates.addresses import page_key


@pytest.mark.parametrize(
    "other",
    [
        "http://paper.example.com/world/rice-record",
        "https://m.paper.example.com/world/rice-record",
        "https://amp.paper.example.com/world/rice-record.html",
        "https://www.paper.example.com/amp/world/rice-record/",
        "https://www.paper.example.com/world/rice-record/amp/",
        "https://www.paper.example.com/world/rice-record.amp.html",
        "https://www.paper.example.com/world/rice-record?outputType=amp",
        "https://www.paper.example.com/world/rice-record/index.html",
        "https://www-paper-example-com.cdn.ampproject.org/c/s/www.paper.example.com/world/rice-record.html",
        "https://edition.paper.example.com/world/rice-record",
    ],
)
def test_one_page_in_its_forms_has_one_key(other):
    assert page_key(other) == page_key("https://www.paper.example.com/world/rice-record")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://uk.newswire.com/a", "https://www.newswire.com/a"),
        ("https://in.newswire.com/a", "https://us.newswire.com/a"),
        ("https://www.newswire.com/a?id=1&page=2", "https://www.newswire.com/a?page=2&id=1"),
    ],
)
def test_regions_of_one_outlet_and_the_order_of_parameters_are_one_page(one, other):
    assert page_key(one) == page_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://paper.example/a", "https://paper.example/b"),
        ("https://paper.example/a?id=1", "https://paper.example/a?id=2"),
        ("https://news.example.org/a", "https://sport.example.org/a"),
        ("https://de.co.uk/a", "https://fr.co.uk/a"),
        ("https://m.example/a", "https://www.example/a"),
        ("https://paper.example/campus", "https://paper.example/c"),
    ],
)
def test_two_pages_have_two_keys(one, other):
    assert page_key(one) != page_key(other)


@pytest.mark.parametrize("text", ["", "file:folder/page.html", "no address", "https://"])
def test_what_is_no_address_is_its_own_key(text):
    assert page_key(text) in {text, "?"}
