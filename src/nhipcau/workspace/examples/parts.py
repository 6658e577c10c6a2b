"""The parts by group, in the order of the page. Each is drawn by ``workspace/examples/<key>.html``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the kit.

    Attributes:
        key: name of its anchor and of the template that draws the example.
        name: what it is called (lazily translated).
        when: one sentence: when to use it.
        use: how a template asks for it, line by line; every template of the kit that the example draws is named here.
    """

    key: str
    name: Any
    when: Any
    use: Sequence[str]

    @property
    def template(self) -> str:
        """What draws the example."""
        return f"workspace/examples/{self.key}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Parts that belong together."""

    key: str
    name: Any
    parts: Sequence[Part]


#: Every colour of ``ui/static/ui/tokens.css`` by its name there, and what it is for.
COLOURS = (
    ("ink", _("Text of the page")),
    ("quiet", _("Quiet text beside the text")),
    ("paper", _("Ground of the page")),
    ("surface", _("Ground of fields, buttons and menus")),
    ("shade", _("Ground under the pointer")),
    ("line", _("Lines between rows")),
    ("edge", _("Edge of what can be pressed or filled in")),
    ("river", _("Actions and links")),
    ("river-deep", _("Actions and links under the pointer")),
    ("on-river", _("Text on the colour of actions")),
    ("river-tint", _("Ground of a notice, of what is under way")),
    ("lacquer", _("Late, refused, wrong")),
    ("lacquer-tint", _("Ground of an error")),
    ("gold", _("Due soon, sample data")),
    ("gold-tint", _("Ground of a warning")),
    ("jade", _("Done, in order")),
    ("jade-tint", _("Ground of what succeeded")),
    ("mast", _("Ground of the strip at the top")),
    ("on-mast", _("Text on the strip")),
    ("on-mast-quiet", _("Quiet text on the strip")),
)

TEXT = Group(
    key="van-ban",
    name=_("Text and figures"),
    parts=(
        Part(
            key="text",
            name=_("Headings and text"),
            when=_("One h1 on a page; sections have h2 with the line below it, everything inside them h3."),
            use=(
                '<h2 class="block-title">',
                '<p class="quiet">',
                '<section class="read" lang="…">',
                "<mark>",
                "<code>",
            ),
        ),
        Part(
            key="colours",
            name=_("Colours"),
            when=_("Sheets name these and no colour of their own; dark and high contrast give them other values."),
            use=("color: var(--ink);",),
        ),
        Part(
            key="icons",
            name=_("Icons"),
            when=_("Beside a word that says the same; screen readers do not hear them."),
            use=('{{ "check"|icon }}',),
        ),
        Part(
            key="dates",
            name=_("Numbers, days and moments"),
            when=_("For every figure and date: the reader's language writes it, in the time zone of the desk."),
            use=("{{ value|vi_number }}", "{{ value|day }}", "{{ value|moment }}", "{{ value|paper_date }}"),
        ),
        Part(
            key="names",
            name=_("Countries, languages, text in other scripts"),
            when=_("For codes of countries and languages, and wherever an original text stands on a page."),
            use=("{{ code|country_name }}", "{{ tag|language_name }}", 'lang="{{ tag }}" dir="{{ tag|direction }}"'),
        ),
        Part(
            key="number",
            name=_("Figure that opens"),
            when=_("For a figure that leads to what it is made of; it says of when it is and from where."),
            use=('{% include "ui/number.html" with value= label= href= as_of= source= %}', '<div class="figures">'),
        ),
        Part(
            key="charts",
            name=_("Charts"),
            when=_(
                "For numbers that are to be compared: lines over time, bars, small multiples. The table is always "
                "there, every number opens its list, and the drawing leaves as SVG and PNG."
            ),
            use=(
                "{% chart one %}",
                "{% chart one level=3 %}",
                '{% include "ui/chart_head.html" %}',
                "ui/chart.html",
                "{{ value|as_of }}, {{ row.values|along:chart.series }}",
            ),
        ),
        Part(
            key="facts",
            name=_("Facts"),
            when=_("For what is known of one object, in the column at the side."),
            use=('<dl class="facts"><div><dt>…</dt><dd>…</dd></div></dl>',),
        ),
    ),
)

WORDS = Group(
    key="noi-va-lam",
    name=_("Buttons, states and notices"),
    parts=(
        Part(
            key="buttons",
            name=_("Buttons"),
            when=_("One main button on a screen; a short verb, with an icon where one fits."),
            use=('<button class="btn btn-primary">', '<a class="btn" href="…">', '<button class="link-button">'),
        ),
        Part(
            key="badge",
            name=_("State"),
            when=_("For the state of an object: the word, then icon and colour, the same on every screen."),
            use=('{% include "ui/badge.html" with word= state= %}', "{{ state|appearance }}"),
        ),
        Part(
            key="classification",
            name=_("Classification"),
            when=_("Beside the title of whatever bears one, on screens, in lists and in files."),
            use=(
                '{% include "workspace/classification.html" with level= word= %}',
                "{{ level|classification_icon|icon }}",
            ),
        ),
        Part(
            key="messages",
            name=_("Message after an action"),
            when=_("After something was done or could not be: what happened, what was kept, what to do."),
            use=("messages.success(request, …)", '{% include "ui/messages.html" %}'),
        ),
        Part(
            key="notice",
            name=_("Notice on a page"),
            when=_("For what must be known before reading on, for as long as it is true."),
            use=('<div class="notice notice-warning"><p class="notice-title">',),
        ),
        Part(
            key="empty",
            name=_("Nothing here yet"),
            when=_("Where a list has no row: what would be here, and how to start."),
            use=('{% include "ui/empty.html" with title= text= icon= action_url= action_label= %}',),
        ),
        Part(
            key="more",
            name=_("Folded part"),
            when=_("For what few readers need each time; it opens without script."),
            use=('<details class="more"><summary>',),
        ),
    ),
)

FORMS = Group(
    key="bieu-mau",
    name=_("Forms"),
    parts=(
        Part(
            key="form_errors",
            name=_("What is wrong with a form"),
            when=_("Above every form that was refused; each sentence leads to its field."),
            use=('{% include "ui/form_errors.html" with form= %}',),
        ),
        Part(
            key="field",
            name=_("Field of a form"),
            when=_("For every field of a form: label, help, field, error; choices to tick become a group."),
            use=('{% include "ui/field.html" with field= %}',),
        ),
        Part(
            key="kept",
            name=_("Kept by itself"),
            when=_("At the end of a long form that is kept while one writes, with or without a connection."),
            use=('{% include "workspace/kept.html" %}', '<form data-keep hx-post="…" hx-target="#kept">'),
        ),
        Part(
            key="writing",
            name=_("Two people write the same"),
            when=_("Above a form that several people may write: who is at it, what was kept, what differs."),
            use=(
                '{% include "workspace/writing.html" %}',
                "{{ name|field_label }}",
                "{{ value|field_value:name }}",
            ),
        ),
    ),
)

LISTS = Group(
    key="danh-sach",
    name=_("Lists"),
    parts=(
        Part(
            key="filters",
            name=_("Filters and order"),
            when=_("Above every list; a phone shows the words and folds the others up."),
            use=('{% include "ui/listing/filters.html" %}', "{{ field|styled }}"),
        ),
        Part(
            key="tools",
            name=_("Views, files, columns"),
            when=_("They come with every list that is declared, and are not put there by hand."),
            use=(
                '{% include "ui/listing/tools.html" %}',
                "workspace/list_views.html",
                "workspace/list_files.html",
                "workspace/list_bulk.html",
            ),
        ),
        Part(
            key="table",
            name=_("List"),
            when=_("For rows of one kind: declared once, ordered from the headings, cards on a phone."),
            use=("show(request, LISTING)", '{% include "ui/listing/table.html" %}'),
        ),
        Part(
            key="pagination",
            name=_("Pages"),
            when=_("Below a list of more than one page; every filter in the address is kept."),
            use=('{% include "ui/pagination.html" with page= %}', "{{ page|page_numbers }}"),
        ),
        Part(
            key="small_table",
            name=_("Small table"),
            when=_("For a few rows that need no filter and no order of their own."),
            use=('<table class="table cards">', '<td class="num" data-label="…">'),
        ),
        Part(
            key="items",
            name=_("Things one below the other"),
            when=_("For things that are read rather than compared."),
            use=('<ul class="items"><li class="item">',),
        ),
    ),
)

OBJECTS = Group(
    key="ho-so",
    name=_("The page of an object"),
    parts=(
        Part(
            key="attachments",
            name=_("Attached files"),
            when=_("On the page of an object that carries files; attached_context gives what it needs."),
            use=(
                '{% include "workspace/attachments.html" %}',
                "{{ size|file_size }}",
                "{{ one|signature_word }} {{ one|signature_state }} {{ one|signature_lines }}",
            ),
        ),
        Part(
            key="comments",
            name=_("Comments"),
            when=_("On the page of an object that is talked about, below its files."),
            use=('{% include "workspace/comments.html" %}', '{% include "workspace/comment.html" %}'),
        ),
        Part(
            key="history",
            name=_("History"),
            when=_("Last on the page of every object that is on the audit record."),
            use=("{% load audit %}{% history object %}", "audit/history.html", "audit/line.html"),
        ),
        Part(
            key="diff",
            name=_("What changed in a text"),
            when=_("Where two versions of a text are compared: what went and what came, word by word."),
            use=('{% include "ui/diff.html" %}',),
        ),
        Part(
            key="paper",
            name=_("Letter on paper"),
            when=_("For a letter as it leaves the house; printed, it stands alone on the sheet."),
            use=('{% include "workspace/paper.html" %}',),
        ),
    ),
)

FRAME = Group(
    key="khung",
    name=_("Around every page"),
    parts=(
        Part(
            key="head",
            name=_("Head of a page"),
            when=_("The heading answers the screen's one question; below it what to do next, beside it one button."),
            use=('{% extends "base.html" %}', "{% block crumbs|heading|lead|actions|content %}"),
        ),
        Part(
            key="frame",
            name=_("What stands around"),
            when=_("It comes with base.html, around this page too; a room adds places and actions from its apps.py."),
            use=(
                "ui/skeleton.html",
                "ui/preferences.html",
                "ui/header.html",
                "ui/mark.html",
                "ui/places.html",
                "ui/bell.html",
                "ui/person.html",
                "ui/footer.html",
            ),
        ),
        Part(
            key="keys",
            name=_("Keyboard"),
            when=_("For the key that does what a button does; the question mark shows them all."),
            use=("<kbd>", "data-list, data-item", "ui/keys.html", "ui/palette.html"),
        ),
        Part(
            key="print",
            name=_("Printed page"),
            when=_("Every page prints on A4 without its buttons and menus; look at it before it is done."),
            use=("ui/print.css", "@media print"),
        ),
    ),
)

GROUPS = (TEXT, WORDS, FORMS, LISTS, OBJECTS, FRAME)
