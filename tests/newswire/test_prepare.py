import pytest

from nhipcau.newswire import prepare
from nhipcau.newswire.records import Document

TEXT = "Hà Nội welcomes the delegation of the friendship union for three days of talks about trade and fisheries. " * 3


def page(head):
    return f"<html><head><title>Talks</title>{head}</head><body><article><p>{TEXT}</p></article></body></html>".encode()


@pytest.mark.parametrize(
    ("head", "image"),
    [
        ("", "https://cdn.example/list.jpg"),
        ('<meta property="og:image" content="https://cdn.example/page.jpg">', "https://cdn.example/page.jpg"),
    ],
)
def test_the_picture_of_a_list_stands_in_where_the_page_names_none(head, image):
    document = Document(url="https://news.example/1", body=page(head), image="https://cdn.example/list.jpg")
    assert prepare.extracted(document).image == image


def test_a_document_with_another_picture_is_another_item():
    one, other = (
        Document(url="https://news.example/1", body=b"", image=image) for image in (None, "https://a.example/1")
    )
    assert prepare.item_key(one) != prepare.item_key(other)
