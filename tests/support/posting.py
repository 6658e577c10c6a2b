"""Forms as a page shows them, filled in as a person would, and with what belongs to somebody else put into them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

FILLED = {"date": "2026-11-25", "datetime-local": "2026-11-25T08:00", "number": "1", "email": "nobody@example.org"}
LEFT_OUT = {"submit", "button", "reset", "file", "image"}


@dataclass
class Field:
    """A field: its kind, what stands in it, and what may be chosen."""

    name: str
    kind: str
    value: str = ""
    choices: list = field(default_factory=list)

    @property
    def names_a_row(self):
        """Whether it is filled with the key of a row: a hidden number, a choice among numbers, a name that says so."""
        numbers = [choice for choice in self.choices if choice]
        if self.kind == "select":
            return all(choice.isdigit() for choice in numbers)
        if self.kind == "hidden":
            return self.value.isdigit()
        return self.kind in {"checkbox", "radio"} and self.value.isdigit()


@dataclass
class Form:
    """A form that is posted: where to, and its fields."""

    action: str
    fields: list = field(default_factory=list)

    def filled(self):
        """What a person sends who fills in everything."""
        data = {}
        for one in self.fields:
            value = one.value or next((choice for choice in one.choices if choice), "")
            data.setdefault(one.name, value or FILLED.get(one.kind, "Chữ"))
        return data


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.form, self.select, self.area = [], None, None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.form = Form(given.get("action") or "")
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "option" and self.select is not None:
            self.select.choices.append(given.get("value") or "")
            if "selected" in given:
                self.select.value = given.get("value") or ""
        elif given.get("name") and tag in {"input", "select", "textarea"}:
            kind = (given.get("type") or "text") if tag == "input" else tag
            if kind in LEFT_OUT:
                return
            found = Field(given["name"], kind, given.get("value") or "")
            self.form.fields.append(found)
            if tag == "select":
                self.select = found

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = None


def forms(text):
    """The forms of a page that are posted."""
    reader = _Reader()
    reader.feed(text)
    return reader.forms
