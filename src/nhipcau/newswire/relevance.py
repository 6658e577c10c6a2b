"""How centrally a text is about the focus country, and which topics of the field it treats, each with its reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.newswire.gazetteer import TOPICS, Hit, country_name, cues, matcher, words_of
from nhipcau.newswire.gazetteer.names import Entry
from nhipcau.newswire.places import mentions_of
from nhipcau.newswire.records import LEAD, Article, Reason, Relevance

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A text at or above this is about the focus country, in part at least. One passing mention in a text of some length
#: stays below (0.1 to 0.25), a name in the title alone is above (0.5), and so are mentions that keep coming back.
RELEVANT = 0.35

# The country whose places are all on a list of its own, with what is ambiguous marked.
_LISTED_WHOLE = "VN"
# What one mention of each kind says, the country's own name being the measure.
_KINDS = {"country": 1.0, "body": 0.9, "place": 0.9, "person_office": 0.9, "heritage": 0.7}
_AMBIGUOUS = 0.4  # of that, for a name that could mean something else and stands beside enough that could not
_CERTAIN_FULL = 3.0  # weight of certain names beside which an ambiguous one says all it can; beside less, less

# The most that each sign alone can give; together they add up as independent witnesses do, 1 - (1 - a)(1 - b)...
_TITLE = 0.55
_OPENING = 0.30
_DENSITY = 0.45
_SPREAD = 0.30
_ALONE = 0.35

# Names beyond the first that make their share of all countries' names count whole, and the share from which a country
# is no bystander.
_ALONE_FULL = 3
_BESIDE_FULL = 0.3
_LEAST_BESIDE = 0.5

_LEAD_FULL = 1.5  # weighted names in the lead that say all a lead can
_DENSITY_FULL = 2.5  # weighted mentions per 1,000 characters that say all density can
_SHORTEST = 1500  # characters under which a text counts as this long: one mention in a brief is no flood
_PARTS = 5  # equal parts of a text over which certain mentions may spread
_MOST_OF_ONE = 6  # mentions of one entry that count: a name is not repeated into importance
_REASONS = 12  # reasons kept, those of the title first

_MOST_TOPICS = 3
_TITLE_CUE = 3.0  # what a cue in the title says against one in the body; in the lead half of that
_LEAD_CUE = 1.5
_CERTAIN = 6.0  # weighted cues that make a topic certain, in a text of _USUAL characters
_USUAL = 2000
_BESIDE = 0.45  # of the first topic's weight, that a further topic must have


#: A name found, where (``title``, ``lead``, ``body``), and the title or text it stands in.
_Found = tuple[Hit, str, str]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name found, where, and what it weighs in [0, 1]."""

    hit: Hit
    where: str
    matched: str
    weight: float


def score(article: Article, focus: str = "VN") -> Relevance:
    """How centrally ``article`` is about the country ``focus`` (ISO 3166-1 alpha-2), with the words that say so.

    Five signs: names in the title, in the lead, how densely they stand, over how much of the text, and what share they
    have of all countries' names. An ambiguous name counts only where a certain one stands in the same article. Where
    the outlet is from does not count.
    """
    others, own = _places(article, focus)
    mentions = _mentions(article, focus, own)
    if not mentions:
        return Relevance(0.0)
    count = sum(not mention.hit.ambiguous for mention in mentions)
    share = count / max(count + others, 1)
    titled = max((mention.weight for mention in mentions if mention.where == "title"), default=0.0)
    opening = min(1.0, _distinct(mention for mention in mentions if mention.where == "lead") / _LEAD_FULL)
    length = len(article.text)
    density = min(1.0, _counted(mentions) * 1000 / max(length, _SHORTEST) / _DENSITY_FULL)
    reached = {
        mention.hit.start * _PARTS // max(length, _SHORTEST)
        for mention in mentions
        if mention.where != "title" and not mention.hit.ambiguous
    }
    silence = (
        (1 - _TITLE * titled)
        * (1 - _OPENING * opening)
        * (1 - _DENSITY * density)
        * (1 - _SPREAD * len(reached) / _PARTS)
        * (1 - _ALONE * share * min(1.0, max(0, count - 1) / _ALONE_FULL))
    )
    beside = _LEAST_BESIDE + (1 - _LEAST_BESIDE) * min(1.0, share / _BESIDE_FULL)
    return Relevance(round((1 - silence) * beside, 4), _reasons(mentions))


def _places(article: Article, focus: str) -> tuple[int, list[_Found]]:
    """How many names of other countries and their places stand in an article, and where its own stand.

    Some of these the focus country's own list has as well.
    """
    others = 0
    own = []
    for source, where, mentions in zip((article.title, article.text), ("title", ""), mentions_of(article), strict=True):
        for one in mentions:
            if one.country != focus.upper():
                others += 1
            elif one.country != _LISTED_WHOLE:
                is_country = one.kind == "country"
                name = country_name(one.country, "en") if is_country else one.name
                entry = Entry(f"{one.country}/{one.name}", "country" if is_country else "place", name, 1.0)
                place = where or ("lead" if one.start < LEAD else "body")
                own.append((Hit(entry, one.start, one.end, ambiguous=False), place, source))
    return others, own


def _mentions(article: Article, focus: str, places: list[_Found]) -> list[_Mention]:
    """The focus country's names in title and text; empty where only ambiguous ones stand."""
    finder = matcher(focus, article.language)
    found = [(hit, "title", article.title) for hit in finder.find(words_of(article.title), article.language)]
    found += [
        (hit, "lead" if hit.start < LEAD else "body", article.text)
        for hit in finder.find(words_of(article.text), article.language)
    ]
    found = _without_overlaps(found, places)
    certain = math.fsum(_weight(hit) for hit, _, _ in found if not hit.ambiguous)
    trust = _AMBIGUOUS * min(1.0, certain / _CERTAIN_FULL)
    return [
        _Mention(
            hit=hit,
            where=where,
            matched=source[hit.start : hit.end],
            weight=_weight(hit) * (trust if hit.ambiguous else 1.0),
        )
        for hit, where, source in found
        if certain
    ]


def names_found(article: Article, focus: str) -> list[_Found]:
    """Every name that counts for the country ``focus``: the hit, where, and the title or text that it stands in."""
    _, own = _places(article, focus)
    return [
        (one.hit, one.where, article.title if one.where == "title" else article.text)
        for one in _mentions(article, focus, own)
    ]


def _without_overlaps(found: list[_Found], places: list[_Found]) -> list[_Found]:
    """Names and places together; of two that overlap the certain one, and of two certain ones the name."""
    sure = _characters(one for one in found if not one[0].ambiguous)
    added = [one for one in places if sure.isdisjoint(_characters([one]))]
    shadowed = _characters(added)
    kept = [one for one in found if shadowed.isdisjoint(_characters([one]))] + added
    return sorted(kept, key=lambda one: (one[1] != "title", one[0].start))


def _characters(found: Iterable[_Found]) -> set[tuple[bool, int]]:
    """The characters on which names stand: of the title, or of the text."""
    return {(where == "title", at) for hit, where, _ in found for at in range(hit.start, hit.end)}


def _weight(hit: Hit) -> float:
    return _KINDS[hit.entry.kind] * hit.entry.weight


def _distinct(mentions: Iterable[_Mention]) -> float:
    """The weights of different entries together, each at its best."""
    best: dict[str, float] = {}
    for mention in mentions:
        key = mention.hit.entry.key
        best[key] = max(best.get(key, 0.0), mention.weight)
    return math.fsum(best.values())


def _counted(mentions: list[_Mention]) -> float:
    """The weights of all mentions in the text, of each entry the first few."""
    seen: dict[str, int] = {}
    total = 0.0
    for mention in mentions:
        key = mention.hit.entry.key
        if mention.where != "title" and seen.get(key, 0) < _MOST_OF_ONE:
            seen[key] = seen.get(key, 0) + 1
            total += mention.weight
    return total


def _reasons(mentions: list[_Mention]) -> tuple[Reason, ...]:
    """One reason for each entry and place, with its first words in the text and how often; the weightiest first."""
    grouped: dict[tuple[str, str], list[_Mention]] = {}
    for mention in mentions:
        grouped.setdefault((mention.hit.entry.key, mention.where), []).append(mention)
    order = {"title": 0, "lead": 1, "body": 2}
    ranked = sorted(
        grouped.values(),
        key=lambda group: (order[group[0].where], -max(one.weight for one in group), -len(group), group[0].hit.start),
    )
    return tuple(
        Reason(
            kind=group[0].hit.entry.kind,
            name=group[0].hit.entry.name,
            matched=group[0].matched,
            where=group[0].where,
            count=len(group),
        )
        for group in ranked[:_REASONS]
    )


def cues_found(article: Article) -> list[tuple[Hit, bool]]:
    """The cues of topics in an article, and whether each stands in the title."""
    finder = cues(article.language.partition("-")[0])
    if finder is None:
        return []
    parts = ((article.title, True), (article.text, False))
    return [(hit, is_title) for source, is_title in parts for hit in finder.find(words_of(source), article.language)]


def topics(article: Article) -> tuple[str, ...]:
    """The topics that ``article`` treats, codes of :data:`~nhipcau.newswire.gazetteer.TOPICS`, most certain first.

    At most three; none where no topic is certain or the language has no list of cues. A cue counts by where it stands
    and, with its repetitions, by the logarithm; a longer text, which holds more words by chance, must show more. One
    cue alone makes a topic only where it stands in the title and comes back.
    """
    places: dict[tuple[str, str], list[float]] = {}
    for hit, is_title in cues_found(article):
        place = _TITLE_CUE if is_title else _LEAD_CUE if hit.start < LEAD else 1.0
        places.setdefault((hit.entry.kind, hit.entry.key), []).append(hit.entry.weight * place)
    weights: dict[str, list[float]] = {}
    for (topic, _), counted in sorted(places.items()):
        weights.setdefault(topic, []).append(max(counted) * (1 + math.log2(len(counted)) / 2))
    order = list(TOPICS)
    ranked = sorted(
        ((math.fsum(found), topic) for topic, found in weights.items() if len(found) > 1 or found[0] > _CERTAIN),
        key=lambda one: (-one[0], order.index(one[1])),
    )
    needed = _CERTAIN * max(1.0, math.sqrt(len(article.text) / _USUAL))
    return tuple(
        topic for weight, topic in ranked[:_MOST_TOPICS] if weight >= needed and weight >= _BESIDE * ranked[0][0]
    )
