"""The page of examples: every part of the kit is drawn on it, by the template that screens use."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import nhipcau
from nhipcau import access
from nhipcau.audit.templatetags import audit as audit_tags
from nhipcau.ui.icons import ICONS
from nhipcau.ui.states import STATES
from nhipcau.ui.templatetags import ui as ui_tags
from nhipcau.workspace.examples.parts import COLOURS, GROUPS
from nhipcau.workspace.templatetags import workspace as workspace_tags
from tests.support.people import make_office, make_person

pytestmark = pytest.mark.django_db

PACKAGE = Path(nhipcau.__file__).parent
PATH = "/mau-giao-dien/"
PARTS = [part for group in GROUPS for part in group.parts]

#: Templates that are included and have no example of their own -> why.
WITHOUT_TEMPLATE = {
    "workspace/head_differs.html": "it stands above the head of a document that somebody else changed meanwhile",
    "workspace/letters_tabs.html": "it leads between the two lists of letters and nowhere else",
    "workspace/recipient_choices.html": "it is the answer to one field of the form of a letter",
    "workspace/mail.html": "it is the text of a mail, and no part of a screen",
}
#: Tags that no example asks for in its own words -> why.
WITHOUT_TAG = {
    "styled": "the filters draw their fields with it",
    "page_numbers": "the pages draw their numbers with it",
    "history": "it reads the record of a real object; the example draws its template",
    "file_size": "the attached files draw it",
    "along": "the charts draw their tables with it",
    "field_label": "the differences draw it",
    "field_value": "the differences draw it",
    "signature_word": "the attached files draw it",
    "signature_state": "the attached files draw it",
    "signature_lines": "the attached files draw it",
}


def is_part(path):
    """Whether a template is included by others: pages of their own extend the frame."""
    return "{% extends" not in path.read_text() and path.parent.name != "examples"


def templates(room):
    folder = PACKAGE / room / "templates" / room
    return {f"{room}/{path.relative_to(folder)}" for path in folder.rglob("*.html") if is_part(path)}


def tags(*libraries):
    return {name for library in libraries for name in (*library.register.filters, *library.register.tags)}


@pytest.fixture
def person(db):
    with access.system("test"):
        return make_person(office=make_office(), roles=["viewer"], language="vi")


@pytest.fixture
def page(person, signed_in_client):
    return signed_in_client(person).get(PATH)


def test_every_template_of_the_kit_is_drawn_and_named(page):
    kit = templates("ui") | templates("audit") | templates("workspace")
    drawn = {template.name for template in page.templates}
    named = " ".join(line for part in PARTS for line in part.use)

    assert sorted(kit - drawn) == sorted(WITHOUT_TEMPLATE)
    assert sorted(name for name in kit - set(WITHOUT_TEMPLATE) if name not in named) == []


def test_every_tag_of_the_kit_is_named_and_asked_for():
    kit = tags(ui_tags, audit_tags, workspace_tags)
    named = " ".join(line for part in PARTS for line in part.use)
    asked = " ".join(get_template(part.template).template.source for part in PARTS)

    assert sorted(name for name in kit if not re.search(rf"(\||{{% ){name}\b", named)) == []
    assert sorted(name for name in kit if not re.search(rf"(\||{{% ){name}\b", asked)) == sorted(WITHOUT_TAG)


def test_every_icon_and_every_state_is_shown_with_its_name(page):
    text = page.text
    assert [name for name in ICONS if f'#{name}"/></svg> <code>{name}</code>' not in text] == []
    assert [code for code in STATES if f">{code}<svg" not in text] == []


def test_every_colour_of_the_tokens_is_shown():
    tokens = re.findall(r"--([\w-]+): #", (PACKAGE / "ui/static/ui/tokens.css").read_text())
    sheet = (PACKAGE / "workspace/static/workspace/examples.css").read_text()

    assert [name for name, _use in COLOURS] == tokens
    assert re.findall(r"\.swatch-([\w-]+) { background: var\(--\1\); }", sheet) == tokens


def test_page_is_vietnamese_and_marked_as_sample_data(page):
    assert page.status_code == 200
    assert "Các phần của giao diện, mỗi phần một ví dụ" in page.text
    assert '<strong lang="vi">DỮ LIỆU MẪU</strong>' in page.text
    assert "1.234,5" in page.text
    assert "22/11/2026 14:05" in page.text


@pytest.mark.both_databases
@pytest.mark.parametrize("query", ["", "?sort=-pages&page=2", "?q=khongcogica"])
def test_examples_ask_the_database_for_nothing_of_their_own(person, signed_in_client, django_assert_num_queries, query):
    """Seven are those of every page: session, person, roles, notices."""
    client = signed_in_client(person)
    client.get(PATH)
    with django_assert_num_queries(5):
        client.get(PATH + query)


def test_list_of_the_examples_is_narrowed_and_ordered(person, signed_in_client):
    client = signed_in_client(person)

    assert client.get(PATH, {"sort": "-pages"}).context["page"].object_list[0].pk == 7
    assert [row.pk for row in client.get(PATH, {"state": "issued"}).context["page"].object_list] == [5]
    # One of the two is the example of an empty list.
    assert client.get(PATH, {"q": "khongcogica"}).text.count("blank-title") == 2


def test_what_its_forms_send_goes_nowhere(person, signed_in_client):
    answer = signed_in_client(person).post(PATH, {"text": "x"}, follow=True)

    assert answer.redirect_chain == [(PATH, 302)]
    assert "không có gì được lưu" in answer.text


@pytest.mark.parametrize(("roles", "shown"), [(["viewer"], False), (["office_administrator"], True)])
def test_menu_leads_there_for_whoever_keeps_the_house(signed_in_client, roles, shown):
    with access.system("test"):
        someone = make_person(office=make_office(), roles=roles, language="vi")

    assert (f'href="{PATH}"' in signed_in_client(someone).get("/").text) is shown
