import json
from datetime import UTC, datetime

import pytest

from nhipcau.newswire import pipeline, relevance, workers
from nhipcau.newswire.errors import RunError
from nhipcau.newswire.records import Document, InputProblem, Rejection
from nhipcau.newswire.sentences import Sentence
from tests.support.engine import CHESS, FLOOD, RICE, TRAIN, make_article


def _digest(result, out):
    result.write(out, formats=("json",))
    return json.loads((out / "digest.json").read_text(encoding="utf-8"))


@pytest.fixture
def run(tmp_path):
    """Run the pipeline and give the digest as it is written."""

    def run(inputs, *, name="out", **options):
        with pipeline.run(inputs, **options) as result:
            return _digest(result, tmp_path / name)

    return run


def test_articles_and_rejections_add_up_to_documents(run):
    rejections = [Rejection(url="u", origin="o", reason=reason) for reason in ("too_short", "not_html", "too_short")]
    counts = run([make_article(), *rejections, make_article(CHESS, relevance=0.01)])["counts"]
    assert counts["rejected"] == {"not_html": 1, "too_short": 2}
    assert counts["articles"] + sum(counts["rejected"].values()) == counts["documents"] == 5
    assert (counts["relevant"], counts["duplicates"], counts["undated"]) == (1, 0, 0)


def test_input_problems_are_named_by_input_and_not_counted(run):
    problem = InputProblem(source="bad.warc", message=Sentence("It is cut short."), offset=7)
    digest = run([[make_article()], [problem]])
    assert digest["inputs"] == [
        {"name": "records", "kind": "records", "documents": 1, "articles": 1, "problems": []},
        {
            "name": "records",
            "kind": "records",
            "documents": 0,
            "articles": 0,
            "problems": [{"source": "bad.warc", "message": "It is cut short.", "offset": 7}],
        },
    ]
    assert digest["counts"]["documents"] == 1


def test_reprint_joins_its_story_and_its_outlet_counts(run):
    first = make_article(host="one.example", country="FR", hours=0)
    reprint = make_article(host="two.example", country="JP", hours=3)
    digest = run([reprint, first])
    by_id = {article["id"]: article for article in digest["articles"]}
    assert by_id[reprint.id]["duplicate_of"] == first.id
    assert by_id[first.id]["duplicate_of"] is None
    [story] = digest["stories"]
    assert story["article_ids"] == [first.id, reprint.id]
    assert (story["outlets"], sorted(story["countries"])) == (["One", "Two"], ["FR", "JP"])
    assert by_id[reprint.id]["story_id"] == by_id[first.id]["story_id"] == story["id"]


def test_irrelevant_articles_tell_no_story(run):
    chess = make_article(CHESS, "Chess", relevance=relevance.RELEVANT - 0.0001)
    digest = run([chess, make_article()])
    by_id = {article["id"]: article for article in digest["articles"]}
    assert (by_id[chess.id]["relevant"], by_id[chess.id]["story_id"]) == (False, None)
    assert len(digest["stories"]) == 1


def test_relevant_reprint_of_an_article_judged_irrelevant_is_not_lost(run):
    first = make_article(host="one.example", relevance=0.1)
    second, third = make_article(host="two.example", hours=1), make_article(host="three.example", hours=2)
    digest = run([first, second, third])
    [story] = digest["stories"]
    assert story["article_ids"] == [second.id, third.id]


def test_identical_copies_are_both_there_under_their_own_ids(run):
    article = make_article(id="abcd")
    digest = run([article, article])
    assert [(a["id"], a["duplicate_of"]) for a in digest["articles"]] == [("abcd", None), ("abcd-2", "abcd")]
    assert digest["stories"][0]["article_ids"] == ["abcd", "abcd-2"]


def test_articles_stay_in_input_order_and_stories_in_time_order(run):
    late, early = make_article(FLOOD, "Flood", hours=9), make_article(FLOOD + " More rain fell.", "Floods", hours=1)
    digest = run([late, early])
    assert [article["id"] for article in digest["articles"]] == [late.id, early.id]
    assert digest["numbers"]["items"]["article_ids"] == [early.id, late.id]


def test_period_refuses_what_is_dated_outside_and_marks_what_is_undated(run):
    inside = make_article(published_at=datetime(2026, 11, 20, 3, tzinfo=UTC))
    outside = make_article(TRAIN, published_at=datetime(2026, 11, 22, 3, tzinfo=UTC))
    undated = make_article(FLOOD, published_at=None)
    digest = run([inside, outside, undated], since="2026-11-20", until="2026-11-21")
    assert digest["counts"]["rejected"] == {"outside_period": 1}
    assert [(r["url"], r["reason"]) for r in digest["rejections"]] == [(outside.url, "outside_period")]
    assert {a["id"]: a["in_period"] for a in digest["articles"]} == {inside.id: True, undated.id: None}
    assert digest["period"] == {
        "since": "2026-11-19T17:00:00Z",
        "until": "2026-11-21T16:59:59Z",
        "first_seen": "2026-11-20T03:00:00Z",
        "last_seen": "2026-11-20T03:00:00Z",
    }


def test_everything_is_in_an_open_period(run):
    digest = run([make_article(), make_article(TRAIN, published_at=None)])
    assert [article["in_period"] for article in digest["articles"]] == [True, True]


def test_same_records_give_the_same_bytes(run, tmp_path):
    articles = [make_article(text, host=f"h{n}.example", hours=n) for n, text in enumerate((RICE, TRAIN, FLOOD, RICE))]
    for name in ("one", "two"):
        with pipeline.run(articles) as result:
            result.write(tmp_path / name)
    files = ["digest.json", "digest.html", "state/duplicates.jsonl.gz", "state/stories.jsonl.gz", "state/state.json"]
    assert [(tmp_path / "one" / f).read_bytes() for f in files] == [(tmp_path / "two" / f).read_bytes() for f in files]
    assert sorted(p.relative_to(tmp_path / "one").as_posix() for p in (tmp_path / "one").rglob("*.*")) == sorted(files)


def test_no_input_gives_an_empty_digest(run):
    digest = run([])
    assert digest["counts"]["documents"] == 0
    assert (digest["articles"], digest["stories"], digest["rejections"], digest["inputs"]) == ([], [], [], [])


def test_result_gives_articles_with_their_texts_and_stories_with_their_reprints():
    first, reprint = make_article(host="one.example"), make_article(host="two.example", hours=1)
    with pipeline.run([first, reprint]) as result:
        assert [article.text for article in result.articles()] == [RICE, RICE]
        assert [story.article_ids for story in result.stories] == [(first.id, reprint.id)]
        assert result.stories[0].id == result.data["stories"][0]["id"]


def test_records_may_come_from_a_generator(run):
    assert run(make_article(text) for text in (RICE, TRAIN))["counts"]["articles"] == 2


def test_texts_that_are_no_unicode_do_not_stop_a_run(run):
    digest = run([make_article(title="half \ud83d a pair"), Rejection(url="\udcff", origin="", reason="not_html")])
    assert digest["articles"][0]["title"] == "half ? a pair"
    assert digest["rejections"][0]["url"] == "?"


@pytest.mark.parametrize("focus", ["", "V", "vn", "XX", "EU", "ZZ", "VNM", "../"])
def test_unknown_focus_is_refused(focus):
    with pytest.raises(RunError, match="is no country code"):
        pipeline.run([], focus=focus)


def test_gist_is_two_sentences_of_the_article_and_names_a_model_that_wrote_it(run):
    story = run([make_article()])["stories"][0]
    assert story["gist_by"] == "extract"
    assert story["gist"].count(".") == 2
    assert all(sentence.strip() in RICE for sentence in story["gist"].split(".") if sentence.strip())

    def shortened(title, text):
        return f"{title}: {text[:5]}"

    digest = run([make_article()], models=pipeline.Models(summarise=shortened), name="model")
    assert digest["stories"][0]["gist"] == "Rice: Vietn"
    assert digest["stories"][0]["gist_by"] == digest["method"]["models"]["summarise"]
    assert digest["method"]["models"]["summarise"].endswith("shortened")


def test_model_that_fails_costs_only_its_gist(run, caplog):
    def broken(title, text):
        raise RuntimeError("no answer")

    digest = run([make_article()], models=pipeline.Models(summarise=broken))
    assert digest["stories"][0]["gist_by"] == "extract"
    assert "no answer" in caplog.text


def test_progress_names_stages_and_counts():
    seen = []
    with pipeline.run([make_article(), make_article(TRAIN)], on_progress=seen.append):
        pass
    assert [(p.stage, p.done, p.total) for p in seen] == [
        ("read", 1, None),
        ("read", 2, None),
        ("compare", 1, 2),
        ("compare", 2, 2),
    ]


def test_working_folder_goes_with_the_result_and_stays_after_a_failure(tmp_path):
    work = tmp_path / "work"
    with pipeline.run([make_article()], workdir=work):
        assert work.is_dir()
    assert not work.exists()

    def failing():
        yield make_article()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.run(failing(), workdir=work)
    assert (work / "work.sqlite3").exists()


def test_document_that_breaks_the_extractor_is_refused_and_the_run_goes_on(run, monkeypatch):
    failure = workers.WorkerFailure("crash", Sentence("The worker process died on it."))

    def crashing(work, items, **options):
        return ((item, failure if isinstance(item, Document) else work(item)) for item in items)

    monkeypatch.setattr(workers, "ordered_map", crashing)
    bad = Document(url="https://paper.example/bad", body=b"<html>", origin="pages:1")
    digest = run([bad, make_article()])
    assert digest["rejections"] == [
        {"url": bad.url, "origin": "pages:1", "reason": "extractor_failed", "detail": "The worker process died on it."}
    ]
    assert digest["counts"]["articles"] == 1


def test_text_that_breaks_the_judging_stays_an_article(run, monkeypatch, caplog):
    def broken(article, focus):
        raise ValueError("too odd")

    monkeypatch.setattr(relevance, "score", broken)
    digest = run([make_article(relevance=0.0, reasons=(), origin="table:1"), make_article(TRAIN)])
    assert [article["relevant"] for article in digest["articles"]] == [False, True]
    assert "table:1 could not be judged: ValueError: too odd" in caplog.text
