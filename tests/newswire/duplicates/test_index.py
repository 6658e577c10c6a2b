import gzip
import json
import random
import sqlite3
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire.duplicates import DuplicateIndex, Verdict
from nhipcau.newswire.records import Match
from nhipcau.newswire.state import StateError
from tests.support.engine import START, make_article
from tests.support.shared import shared_data

VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstv"


def _text(count, *, seed=1):
    """So many invented words, the same for a seed."""
    pick = random.Random(seed)
    return " ".join(
        "".join(pick.choice(CONSONANTS) + pick.choice(VOWELS) for _ in range(pick.randint(2, 4))) for _ in range(count)
    )


def _part(text, start, stop):
    return " ".join(text.split()[start:stop])


@pytest.fixture
def index():
    with DuplicateIndex() as index:
        yield index


def test_first_article_matches_nothing(index):
    assert index.add(make_article(_text(100))) is None


def test_same_address_and_text_match_by_url(index):
    first = make_article(_text(100))
    index.add(first)
    again = make_article(_text(100).upper() + ".", canonical_url=first.canonical_url)
    assert index.add(again) == Match(first.id, "url", 1.0)


def test_same_text_elsewhere_matches_by_text(index):
    first = make_article("Hòa bình, hợp tác và phát triển. " * 5)
    index.add(first)
    elsewhere = make_article("HÒA BÌNH — hợp tác và phát triển! " * 5, host="other.example")
    assert index.add(elsewhere) == Match(first.id, "text", 1.0)


def test_reprint_with_a_cut_and_an_addition_matches_by_containment(index):
    text = _text(300)
    first = make_article(text)
    index.add(first)
    reprint = make_article(f"{_part(text, 0, 240)} {_text(40, seed=2)}", host="other.example")
    match = index.add(reprint)
    assert (match.of, match.measure) == (first.id, "containment")
    assert match.value == pytest.approx(236 / 276, abs=0.04)


def test_different_texts_do_not_match(index):
    assert [index.add(make_article(_text(200, seed=seed), host=f"{seed}.example")) for seed in range(30)] == [None] * 30


def test_quotation_shared_by_two_outlets_is_no_reprint(index):
    quotation = _text(20, seed=9)
    index.add(make_article(f"{_text(10)} {quotation}"))
    assert index.add(make_article(f"{quotation} {_text(10, seed=2)}", host="other.example")) is None


def test_teaser_does_not_match_the_long_article_it_opens(index):
    text = _text(800)
    index.add(make_article(text))
    assert index.add(make_article(_part(text, 0, 60), host="other.example")) is None


def test_long_article_does_not_match_the_teaser_that_came_first(index):
    text = _text(300)
    index.add(make_article(_part(text, 0, 60)))
    assert index.add(make_article(text, host="other.example")) is None


def test_update_that_adds_is_no_duplicate_and_its_repetition_is(index):
    text = _text(200)
    first = make_article(text)
    update = make_article(f"{_text(60, seed=2)} {text}", canonical_url=first.canonical_url)
    again = make_article(f"{_text(60, seed=2)} {text} {_text(3, seed=3)}", canonical_url=first.canonical_url)
    assert [index.add(first), index.add(update)] == [None, None]
    assert index.add(again).of == update.id


def test_correction_of_a_word_is_a_duplicate(index):
    words = _text(200).split()
    first = make_article(" ".join(words))
    index.add(first)
    words[100] = "corrected"
    assert index.add(make_article(" ".join(words), canonical_url=first.canonical_url)).of == first.id


def test_pages_of_one_outlet_in_the_same_frame_are_not_duplicates(index):
    frame = _text(120, seed=7)
    found = [index.add(make_article(f"{_text(40, seed=seed)} {frame}")) for seed in range(1, 6)]
    assert found == [None] * 5


def test_match_is_the_first_of_its_group_and_never_chains(index):
    """Each text shares nine tenths with the one before: the last has little of the first, so a new group begins."""
    text = _text(800)
    articles = [make_article(_part(text, 30 * step, 30 * step + 300), host=f"{step}.example") for step in range(15)]
    matches = [index.add(article) for article in articles]
    firsts = [article.id for article, match in zip(articles, matches, strict=True) if match is None]
    assert firsts[0] == articles[0].id
    assert 1 < len(firsts) < 8
    assert {match.of for match in matches if match} <= set(firsts)


def test_update_at_the_same_page_revises_the_latest_version(index, tmp_path):
    text = _text(200)
    first = make_article(text)
    second = make_article(f"{_text(60, seed=2)} {text}", canonical_url=first.canonical_url)
    third = make_article(
        f"{_text(60, seed=3)} {_text(60, seed=2)} {text}", canonical_url=first.canonical_url + "?amp=1"
    )
    elsewhere = make_article(f"{_text(90, seed=4)} {text}")
    verdicts = list(index.judge([first, second, third, elsewhere]))
    assert [verdict.match for verdict in verdicts] == [None] * 4
    assert [verdict.revises for verdict in verdicts] == [None, first.id, second.id, None]
    assert [verdict.first for verdict in verdicts] == [None, first.id, first.id, None]
    # What repeats a later version goes with the first one, here and wherever the index is loaded again.
    reprint = make_article(third.text, host="other.example")
    index.save(tmp_path / "saved.gz")
    with DuplicateIndex.load(tmp_path / "saved.gz") as loaded:
        for one in (index, loaded):
            (verdict,) = one.judge([reprint])
            assert (verdict.match.of, verdict.first) == (third.id, first.id)


def test_a_corrected_word_is_told_as_a_revision_and_once_only(index):
    words = _text(200).split()
    first = make_article(" ".join(words))
    words[100] = "corrected"
    second = make_article(" ".join(words), canonical_url=first.canonical_url)
    told, corrected, again = index.judge([first, second, second])
    assert (corrected.match.of, corrected.revises, corrected.first) == (first.id, first.id, first.id)
    assert again == Verdict(Match(second.id, "url", 1.0), None, first.id)
    assert told == Verdict()


def test_what_shares_an_address_and_little_else_revises_nothing(index):
    columns = [make_article(_text(200, seed=seed), canonical_url="https://paper.example/weather") for seed in range(3)]
    assert list(index.judge(columns)) == [Verdict()] * 3


def test_a_page_without_a_word_revises_nothing(index):
    signs = [make_article(sign * 120, canonical_url="https://paper.example/1") for sign in "?!"]
    assert list(index.judge(signs)) == [Verdict()] * 2


def test_judging_together_is_judging_one_by_one():
    articles = [make_article(_text(100, seed=seed % 90), host=f"{seed}.example", hours=seed) for seed in range(300)]
    with DuplicateIndex() as one, DuplicateIndex() as together:
        assert [verdict.match for verdict in together.judge(articles)] == [one.add(article) for article in articles]


@pytest.mark.parametrize(
    "sentence",
    [
        "越南国会通过了连接河内与胡志明市的高速铁路项目预计二零二七年开工",
        "รัฐสภาเวียดนามเห็นชอบโครงการรถไฟความเร็วสูงเชื่อมกรุงฮานอยกับนครโฮจิมินห์",
    ],
)
def test_scripts_without_spaces_match_by_characters(index, sentence):
    pick = random.Random(4)
    text = "".join("".join(pick.sample(sentence, len(sentence))) for _ in range(8))
    first = make_article(text)
    index.add(first)
    assert index.add(make_article(text[: int(len(text) * 0.9)], host="other.example")).of == first.id
    assert index.add(make_article("".join(pick.sample(text, len(text))), host="third.example")) is None


def test_text_without_letters_is_remembered_as_it_stands(index, tmp_path):
    first = make_article("?! " * 50)
    assert [index.add(first), index.add(make_article("-- " * 50))] == [None, None]
    index.save(tmp_path / "state.gz")
    with DuplicateIndex.load(tmp_path / "state.gz") as loaded:
        for one in (index, loaded):
            assert one.add(make_article("?! " * 50, host="other.example")).of == first.id


def test_adding_again_changes_nothing(tmp_path):
    articles = [make_article(_text(100, seed=seed % 4), host=f"{seed}.example") for seed in range(8)]
    with DuplicateIndex() as index:
        once = [index.add(article) for article in articles]
        index.save(tmp_path / "once.gz")
        again = [index.add(article) for article in articles]
        index.save(tmp_path / "twice.gz")
    assert [match and match.of for match in once] == [None] * 4 + [article.id for article in articles[:4]]
    assert [match.of for match in again] == [article.id for article in articles[:4]] * 2
    assert (tmp_path / "once.gz").read_bytes() == (tmp_path / "twice.gz").read_bytes()


def test_store_on_disk_goes_on_where_it_was_closed(tmp_path):
    first = make_article(_text(100))
    with DuplicateIndex(tmp_path / "index.sqlite3") as index:
        index.add(first)
    with DuplicateIndex(tmp_path / "index.sqlite3") as index:
        assert index.add(make_article(_text(100), host="other.example")) == Match(first.id, "text", 1.0)


def test_saved_index_judges_as_the_one_it_was_saved_from(tmp_path):
    text = _text(400)
    first = make_article(text)
    with DuplicateIndex(window_days=3) as index:
        index.add(first)
        index.add(make_article(_text(90, seed=2), published_at=None))
        index.save(tmp_path / "one.gz")
    with DuplicateIndex.load(tmp_path / "one.gz", tmp_path / "store") as loaded:
        assert loaded.window_days == 3
        assert loaded.add(make_article(_part(text, 0, 350), host="other.example")).of == first.id
        loaded.save(tmp_path / "two.gz")
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


def test_loading_replaces_what_a_store_held(tmp_path):
    with DuplicateIndex() as empty:
        empty.save(tmp_path / "empty.gz")
    with DuplicateIndex(tmp_path / "store") as index:
        index.add(make_article(_text(100)))
    with DuplicateIndex.load(tmp_path / "empty.gz", tmp_path / "store") as loaded:
        assert loaded.add(make_article(_text(100))) is None


def test_window_forgets_by_the_articles_own_time_and_a_reprint_keeps_its_first(tmp_path):
    old, reprinted, late = (make_article(_text(100, seed=seed), hours=0) for seed in range(3))
    with DuplicateIndex(window_days=10) as index:
        for article in (old, reprinted):
            index.add(article)
        index.add(make_article(_text(100, seed=1), host="other.example", hours=24 * 15))
        index.add(late.replace(published_at=START + timedelta(days=15)))
        index.forget()
        again = [index.add(article.replace(id="again")) for article in (old, reprinted, late)]
    assert [match and match.of for match in again] == [None, reprinted.id, late.id]


def test_one_date_in_the_future_makes_nothing_old():
    articles = [make_article(_text(60, seed=seed), hours=seed) for seed in range(5)]
    with DuplicateIndex(window_days=1) as index:
        index.add(make_article(_text(60, seed=99), hours=24 * 365 * 70))
        for article in articles:
            index.add(article)
        index.forget()
        assert [index.add(article).of for article in articles] == [article.id for article in articles]


def _damaged_files(folder):
    with DuplicateIndex() as index:
        index.add(make_article(_text(100)))
        index.save(folder / "good.gz")
    good = (folder / "good.gz").read_bytes()
    lines = gzip.decompress(good).splitlines(keepends=True)
    header = json.loads(lines[0])
    return {
        "cut": good[:-20],
        "plain": b"hello",
        "empty": b"",
        "bent": good[:40] + bytes(40) + good[80:],
        "list": gzip.compress(b"[1]\n"),
        "other kind": gzip.compress(json.dumps(header | {"kind": "other"}).encode() + b"\n"),
        "short row": gzip.compress(lines[0] + b"[1]\n"),
        "bad number": gzip.compress(lines[0] + lines[1].replace(b"[", b'["x",', 1)),
        "bad hashes": gzip.compress(lines[0] + lines[1].replace(b'"]', b'*"]')),
        "no line end": gzip.compress(lines[0] + lines[1].rstrip()),
        "bomb": gzip.compress(lines[0] + b"[" * 5_000_000),
        "deep": gzip.compress(lines[0] + b"[" * 3_000_000 + b"\n"),
    }


def test_damaged_state_is_named_in_a_sentence(tmp_path):
    for name, content in _damaged_files(tmp_path).items():
        file = tmp_path / f"{name}.gz"
        file.write_bytes(content)
        with pytest.raises(StateError, match="is damaged, or this program did not write it") as caught:
            DuplicateIndex.load(file)
        assert caught.value.sentence.values["file"] == str(file), name


def test_state_of_another_version_is_told_apart(tmp_path):
    file = tmp_path / "state.gz"
    file.write_bytes(gzip.compress(b'{"kind":"nhipcau-duplicates","version":0}\n'))
    with pytest.raises(StateError, match="another version"):
        DuplicateIndex.load(file)


def test_state_of_an_earlier_version_is_read_but_a_store_of_one_is_named(tmp_path):
    """A row that an earlier version saved has no first of its group."""
    first = make_article(_text(100))
    with DuplicateIndex() as index:
        index.add(first)
        index.save(tmp_path / "state.gz")
    rows = gzip.decompress((tmp_path / "state.gz").read_bytes()).splitlines()
    assert len(json.loads(rows[1])) == 6
    with DuplicateIndex.load(tmp_path / "state.gz") as loaded:
        assert loaded.add(first) == Match(first.id, "url", 1.0)
    with sqlite3.connect(tmp_path / "store") as old:
        old.execute("PRAGMA user_version = 2")
    with pytest.raises(StateError, match="was written by another version of this program: move it away"):
        DuplicateIndex(tmp_path / "store")


def test_store_that_is_something_else_is_named(tmp_path):
    (tmp_path / "store").write_text("not a database, " * 100)
    with pytest.raises(StateError, match="move it away"):
        DuplicateIndex(tmp_path / "store")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.text(max_size=80), st.sampled_from(["one", "two"])), max_size=8))
def test_any_articles_can_be_added_and_firsts_match_themselves(given_articles):
    articles = [make_article(text, host=f"{host}.example") for text, host in given_articles]
    with DuplicateIndex() as index:
        matches = [index.add(article) for article in articles]
        firsts = [article.id for article, match in zip(articles, matches, strict=True) if match is None]
        assert all(match is None or match.of in firsts for match in matches)
        again = [index.add(article) for article in articles]
    expected = [match.of if match else article.id for article, match in zip(articles, matches, strict=True)]
    assert [match.of for match in again] == expected


def test_two_extractions_of_one_page_match_and_two_pages_do_not():
    """Recall of at least 0.95 over the recorded outputs of two extractors, and no match with another page."""
    folder = shared_data("article-extraction")
    ours = json.loads((folder / "peer-output" / "trafilatura.json").read_text(encoding="utf-8"))
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = [page for page in sorted(truth) if len(ours[page]["articleBody"]) >= 100]
    with DuplicateIndex() as index:
        firsts = [index.add(make_article(ours[page]["articleBody"], id=page, host=page)) for page in pages]
        matches = [index.add(make_article(truth[page]["articleBody"], host=f"other.{page}")) for page in pages]
    assert firsts == [None] * len(pages)
    right = sum(match is not None and match.of == page for page, match in zip(pages, matches, strict=True))
    assert sum(match is not None for match in matches) == right
    assert right / len(pages) >= 0.95


def test_articles_of_one_story_are_not_taken_for_each_other():
    """Agency copy was reprinted in ECB+; matches there are nearly the same text, never just the same event."""
    lines = (shared_data("stories") / "ecbplus.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    with DuplicateIndex() as index:
        matches = [index.add(make_article(row["text"], host=row["id"], id=row["id"])) for row in rows]
    story = {row["id"]: row["story"] for row in rows}
    found = [(row["id"], match.of) for row, match in zip(rows, matches, strict=True) if match]
    assert all(story[one] == story[other] for one, other in found)
    assert 10 <= len(found) <= 40


def test_versions_of_a_story_that_grows_are_all_kept(index):
    paragraphs = [_text(60, seed=seed) for seed in range(6)]
    versions = ["\n".join(paragraphs[:count]) for count in range(1, 7)]
    matches = [index.add(make_article(text, canonical_url="https://paper.example/live")) for text in versions]
    assert matches == [None] * 6
