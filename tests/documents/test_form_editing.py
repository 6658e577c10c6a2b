import pytest

from nhipcau.documents.forms import Axis, Choice, Column, FigureItem, Form, FormError, Rule, Section, TextItem, editing

A, B, C = (FigureItem(key=key, label=key) for key in "abc")


def make_form():
    return Form(key="f", version=1, title="", sections=(Section(key="one", number="I", title="Một", items=(A, B)),))


def keys(form):
    return [[item.key for item in section.items] for section in form.sections]


def test_items_are_put_moved_and_dropped():
    form = make_form()
    assert keys(editing.put_item(form, "one", C)) == [["a", "b", "c"]]
    assert keys(editing.put_item(form, "one", C, instead_of="a")) == [["c", "b"]]
    assert keys(editing.move_item(form, "one", "a", 1)) == [["b", "a"]]
    assert keys(editing.move_item(form, "one", "a", -3)) == [["a", "b"]]
    assert keys(editing.drop_item(form, "one", "a")) == [["b"]]
    for wrong in (lambda: editing.drop_item(form, "one", "x"), lambda: editing.put_item(form, "x", C)):
        with pytest.raises(KeyError):
            wrong()


def test_parts_keep_their_items_when_they_are_written_again():
    form = editing.put_section(make_form(), Section(key="uno", number="1", title="Mới", items=()), instead_of="one")
    assert (form.sections[0].title, keys(form)) == ("Mới", [["a", "b"]])
    more = editing.put_section(form, Section(key="two", number="II", title="Hai", items=(TextItem(key="t", label=""),)))
    assert keys(more) == [["a", "b"], ["t"]]
    assert keys(editing.drop_section(more, "uno")) == [["t"]]


def test_choices_columns_and_rules_read_back_from_their_lines():
    axis = Axis(key="x", label="", choices=(Choice(key="en", label="Tiếng Anh"), Choice(key="vi", label="Tiếng Việt")))
    assert editing.read_choices(editing.write_choices(axis)) == axis.choices
    columns = (
        Column(key="name", label="Tên", required=True),
        Column(key="lang", label="Ngôn ngữ", holds="choice", axis="x"),
        Column(key="cost", label="Kinh phí", holds="money"),
    )
    assert editing.read_columns(editing.write_columns(columns)) == columns
    rules = (
        Rule(left=("a", "b"), relation="<=", right=("c",), message="Sai."),
        Rule(left=("a",), relation="==", right=("b",), message="Lệch.", strict=False),
    )
    assert editing.read_rules(editing.write_rules(rules)) == rules


@pytest.mark.parametrize(
    ("read", "line", "sentence"),
    [
        (editing.read_choices, "en", "“en”: write key | label."),
        (editing.read_columns, "name", "“name”: write key | label | kind."),
        (editing.read_rules, "a < b | x", "“a < b | x”: write figure <= figure | message."),
        (editing.read_rules, "a <= b", "“a <= b”: write figure <= figure | message."),
    ],
)
def test_line_that_says_nothing_is_named(read, line, sentence):
    with pytest.raises(FormError) as refused:
        read(line)
    assert str(refused.value) == sentence
