"""Pages that change again and again, and others that take them over: what is said of each, saved and loaded between."""

import random

import pytest

from nhipcau.newswire.duplicates import DuplicateIndex, postings
from tests.support.engine import make_article

SENTENCES = [" ".join(f"w{(n * 37 + word * word) % 997}" for word in range(3 + n % 12)) for n in range(60)]
PAGES = [f"https://{host}.example/{number}" for host in "ab" for number in range(3)]


def newsroom(chosen):
    """Sixty articles at six pages of two outlets: each edits what its page said before, or takes over another text."""
    articles, now = [], {}
    for hour in range(60):
        page = chosen.choice(PAGES)
        text = list(now.get(page) or chosen.sample(SENTENCES, chosen.randint(1, 12)))
        if now and chosen.random() < 0.3:
            text = list(chosen.choice(sorted(now.values())))
        for _ in range(chosen.randint(0, 3)):
            if text and chosen.random() < 0.5:
                text.pop(chosen.randrange(len(text)))
            else:
                text.insert(chosen.randint(0, len(text)), chosen.choice(SENTENCES))
        now[page] = text
        said = ". ".join(text) or "?!"
        articles.append(make_article(said, host=page[8:17], url=page, canonical_url=page, hours=hour))
    return articles


def judged_in_pieces(articles, chosen, folder):
    """Some at a time; now and then the index is saved, and another one goes on from there."""
    index, verdicts = DuplicateIndex(), []
    while len(verdicts) < len(articles):
        verdicts += index.judge(articles[len(verdicts) : len(verdicts) + chosen.randint(1, 20)])
        if chosen.random() < 0.2:
            index.save(folder / "saved.gz")
            index.close()
            index = DuplicateIndex.load(folder / "saved.gz")
    index.close()
    return verdicts


def check(seed, folder):
    chosen = random.Random(seed)
    articles = newsroom(chosen)
    verdicts = judged_in_pieces(articles, chosen, folder)
    with DuplicateIndex() as whole:
        assert list(whole.judge(articles)) == verdicts
    place = {article.id: number for number, article in enumerate(articles)}
    for number, (article, verdict) in enumerate(zip(articles, verdicts, strict=True)):
        if verdict.revises is not None:
            before = articles[place[verdict.revises]]
            assert (before.canonical_url, place[verdict.revises] < number) == (article.canonical_url, True)
        if verdict.match is not None:
            assert place[verdict.match.of] < number
        assert (verdict.first is None) == (verdict.match is None and verdict.revises is None)
        # A group goes by an article that is in no other group.
        assert verdict.first is None or verdicts[place[verdict.first]].first is None


@pytest.fixture
def poured(monkeypatch):
    """Numbers go from the dictionary into the arrays all the time."""
    monkeypatch.setattr(postings, "_NEWEST", 300)


@pytest.mark.parametrize("seed", range(6))
def test_groups_hold_together_whatever_is_edited_and_taken_over(seed, poured, tmp_path):
    check(seed, tmp_path)


@pytest.mark.long
def test_groups_hold_together_in_hundreds_of_newsrooms(poured, tmp_path):
    for seed in range(6, 300):
        check(seed, tmp_path)
