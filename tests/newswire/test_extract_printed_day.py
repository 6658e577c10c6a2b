from datetime import date

import pytest

from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.printed_day import days_in_scripts, days_on
from nhipcau.newswire.extract.tree import Tree

STORY = "".join(
    f"<p>Paragraph {number} of a story, which says what happened and names nobody.</p>" for number in range(20)
)


def days(body, *, title="Bridge opened", languages=("en",)):
    return list(days_on(Page(Tree(f"<body>{body}</body>"), url=""), title=title, languages=languages))


@pytest.mark.parametrize(
    ("body", "likeliest"),
    [
        # By what the element is called, wherever it stands.
        (f"<h1>Bridge opened</h1><p>1 May 2020</p>{STORY}<div class='date'>5 June 2025</div>", date(2025, 6, 5)),
        # By how the line begins.
        (f"<h1>Bridge opened</h1><p>1 May 2020</p>{STORY}<p>Datum: 05.06.2025</p>", date(2025, 6, 5)),
        # By how near the headline it stands: behind it, before it, without a heading by the title.
        ("<p>1 May 2020</p><h1>Bridge opened</h1><p>5 June 2025</p>", date(2025, 6, 5)),
        (f"<p>5 June 2025</p><h1>Bridge opened</h1>{STORY}", date(2025, 6, 5)),
        (f"<div>Bridge opened</div><p>31.10.23</p>{STORY}", date(2023, 10, 31)),
        # Among others right beside the headline.
        ("<div class='teaser'><h1>Bridge opened</h1><p>5 June 2025</p></div>", date(2025, 6, 5)),
        # A paragraph that begins with it.
        (
            f"<h1>Bridge opened</h1><p>05.06.2025 – {'The bridge is open, said those who built it. ' * 4}</p>",
            date(2025, 6, 5),
        ),
        # A change is better than nothing, and worse than the day of publication.
        ("<h1>Bridge opened</h1><p>Updated 7 June 2025</p>", date(2025, 6, 7)),
        ("<h1>Bridge opened</h1><p>Updated 7 June 2025</p><p>5 June 2025</p>", date(2025, 6, 5)),
    ],
)
def test_the_likeliest_day_stands_where_it_is_called_one_or_near_the_headline(body, likeliest):
    assert days(body)[:1] == [likeliest]


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Bridge opened</h1>{STORY}<p>5 June 2025</p>",
        f"<h1>Bridge opened</h1>{STORY}<div class='comments'><p class='date'>5 June 2025</p></div>",
        "<h1>Bridge opened</h1><p>Comment of 5 June 2025</p>",
        "<h1>Bridge opened</h1><figcaption>The bridge © A. Binh, 5 June 2025</figcaption>",
        f"<h1>Bridge opened</h1><p>{'They built it long ago, as all of them said. ' * 3}It was 5 June 2025.</p>",
    ],
)
def test_days_told_of_and_days_of_others_are_none(body):
    assert days(body) == []


def test_days_are_read_in_the_first_language_that_has_any():
    assert days("<h1>Bridge opened</h1><p>5. Juni 2025</p>", languages=("fr", "de")) == [date(2025, 6, 5)]
    assert days("<h1>Bridge opened</h1><p>5. Juni 2025</p>", languages=("fr", None)) == []


def test_scripts_are_asked_for_days_of_publication_alone():
    told = '{"expires": "2030-01-01", "publishedAt": "2025-06-05T09:00:00Z", "created_at": "2025-13-45"}'

    assert list(days_in_scripts(Page(Tree(f"<script>{told}</script>"), url=""))) == [date(2025, 6, 5)]
