"""The gist of a text: its own sentences that say most, in its own language, word for word.

News says first what matters, so a sentence counts for where it stands and for what it shares with the rest of the text
and the title. What is no sentence of the story is passed over: datelines, bylines, credits of pictures, links.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from nhipcau.newswire.splitting import is_ended, sentences_of
from nhipcau.newswire.tokens import commonness, words
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: A sentence longer than this is cut, with an ellipsis.
LONGEST = 320

# The gist of a long text stands in its beginning.
_READ = 10_000
_CONSIDERED = 30
# A sentence needs so many words; what is shorter is a label or an aside.
_LEAST_WORDS = 5
# Sentences that share more than this say the same.
_SAME = 0.6
# A word of the title counts as if so many sentences had it.
_TITLE = 3
# How fast later sentences lose: the fourth counts about half.
_LATER = 0.3

_NO_SPACE_AFTER = "。！？｡．」』）"
_BULLET = re.compile(r"^\s*(?:[-–•*·▪]+\s+)+")
_LINKED = re.compile(r"https?://|www\.|\S@\S{1,80}?\.\w", re.IGNORECASE)

# What names the place, the day and the agency before the first sentence: "HÀ NỘI, 22/11 (TTXVN) —", "【東京＝共同】",
# "(서울=연합뉴스) 홍길동 기자 =", "新华社北京11月22日电 ".
_DASHED = re.compile(r"([^\n.!?:—–―]{2,60}?)\s*(?:([—–―]|--?(?=\s))|:(?=\s))\s*(?=\S)")
_BRACKETED = re.compile(
    r"[（(【［\[][^）)】］\]\n]{2,60}[）)】］\]]\s*(?:\S{1,12} (?:기자|특파원)\s*)?[=＝—–-]?\s*(?=\S)"
)
_WIRED = re.compile(r"\S{0,20}?(?:社|日)\S{0,20}?[电電]\s+(?=\S)")

# A line with one of these is a picture's credit, a source, or a pointer elsewhere.
_CREDIT = re.compile(
    r"^\W*(?:ảnh|ảnh minh họa|ảnh minh hoạ|photos?|fotos?|image|picture|crédit(?: photo)?|credit|caption|video|source"
    r"|nguồn|quelle|fuente|fonte|bron|kilde|zdroj|źródło|фото|источник|джерело|写真|图片来源|图片|图|來源|来源|记者|記者"
    r"|사진|ภาพ|ที่มา|xem thêm|đọc thêm|read more|read also|see also|lire aussi|lesen sie auch|mehr zum thema"
    r"|lea también|leia também|leggi anche|читайте также)\s*[:：/]"
    r"|^\W*(?:reporting|editing|writing|compiled) by\b|\b(?:getty images|ap photo|afp photo|reuters/|epa-efe)\b|/afp\b",
    re.IGNORECASE,
)
# A credit stands in a line of its own or closes a caption; in a longer line it is part of the story.
_LONGEST_CREDIT_LINE = 300
# Datelines are looked for in so many lines from the top: an extractor may leave a title or a byline above.
_DATELINES = 4
_LEAST_CAPITALS = 3
# Where no cut may fall: behind a vowel that is written before its consonant, before one written behind (Thai, Lao).
_BEFORE_CONSONANT, _BEHIND_CONSONANT = "เแโใไເແໂໃໄ", "ะาำๅະາຳ"
# What joins the letter after it to the one before: joiners, and the signs of the scripts of India, Burma and Cambodia.
_JOINING = "\u200c\u200d\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d\u1039\u17d2"


def gist(text: str, *, title: str = "", sentences: int = 2) -> str:
    """The sentences of a text that say most, in the order of the text, one space between them (none after ``。``).

    Each is a piece of the text as it stands; one longer than :data:`LONGEST` characters is cut between words or, where
    there are no spaces, between whole letters, and ends in an ellipsis. Empty only for a blank text.
    """
    joined = ""
    for sentence in gist_sentences(text, title=title, sentences=sentences):
        space = " " if joined and joined[-1] not in _NO_SPACE_AFTER else ""
        joined += space + _shortened(sentence)
    return joined


def gist_sentences(text: str, *, title: str = "", sentences: int = 2) -> list[str]:
    """The sentences that :func:`gist` is made of, whole, in the order of the text."""
    text = text[:_READ]
    candidates = list(itertools.islice(_candidates(text, title), _CONSIDERED))
    found = [sentence for sentence, _ in candidates]
    bags = [Counter(said) for _, said in candidates]
    if not found:
        found = sentences_of(text)[:sentences]
        bags = [Counter(words(fold(sentence))) for sentence in found]
    centre = Counter(itertools.chain.from_iterable(bags))
    centre.update({word: _TITLE for word in words(fold(title)) if word in centre})
    rarity = {word: _rarity(word) for word in centre}
    sizes = [_size(bag, rarity) for bag in bags]
    whole = _size(centre, rarity)
    scores = [
        _likeness(bag, size, centre, whole, rarity) / (1 + _LATER * place) * min(1, LONGEST / len(found[place]))
        for place, (bag, size) in enumerate(zip(bags, sizes, strict=True))
    ]
    chosen: list[int] = []
    for place in sorted(range(len(found)), key=lambda place: (-round(scores[place], 6), place)):
        if len(chosen) < sentences and all(
            _likeness(bags[place], sizes[place], bags[other], sizes[other], rarity) < _SAME for other in chosen
        ):
            chosen.append(place)
    return [found[place] for place in sorted(chosen)]


def _candidates(text: str, title: str) -> Iterator[tuple[str, list[str]]]:
    """The sentences that tell the story, as far as a rule can say so, each with its words."""
    told = fold(title)
    for number, whole_line in enumerate(text.splitlines()):
        line = _BULLET.sub("", whole_line)
        if len(line) <= _LONGEST_CREDIT_LINE and _CREDIT.search(line):
            continue
        for sentence in sentences_of(_without_dateline(line) if number < _DATELINES else line):
            if not is_ended(sentence) or _LINKED.search(sentence):
                continue
            folded = fold(sentence)
            said = words(folded)
            if folded != told and len(said) >= _LEAST_WORDS:
                yield sentence, said


def _without_dateline(line: str) -> str:
    """The line from its first sentence on."""
    for pattern in (_WIRED, _BRACKETED):
        if match := pattern.match(line):
            line = line[match.end() :]
    match = _DASHED.match(line)
    return line[match.end() :] if match and _is_dateline(match[1], dashed=bool(match[2])) else line


def _is_dateline(before: str, *, dashed: bool) -> bool:
    """A place in capitals, or before a dash a place followed by an agency in brackets or a date."""
    place = re.split(r"[,(/（]", before)[0]
    letters = "".join(filter(str.isalpha, place))
    if letters.isupper():
        return len(letters) >= _LEAST_CAPITALS
    told_more = dashed and place != before and re.search(r"[\d(（]", before)
    return bool(letters and told_more) and not any(word[0].islower() for word in place.split())


@functools.lru_cache(maxsize=1 << 14)
def _rarity(word: str) -> float:
    return -math.log(commonness(word) * 0.99)


def _size(bag: Mapping[str, int], rarity: Mapping[str, float]) -> float:
    """The square of the length of a bag of words, rare words weighing more."""
    return sum([(count * rarity[word]) ** 2 for word, count in bag.items()])


def _likeness(
    bag: Mapping[str, int], size: float, other: Mapping[str, int], other_size: float, rarity: Mapping[str, float]
) -> float:
    """The cosine of two bags of words of these sizes."""
    if not size or not other_size:
        return 0.0
    product = sum([count * other[word] * rarity[word] ** 2 for word, count in bag.items() if word in other])
    return product / math.sqrt(size * other_size)


def _shortened(sentence: str) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    cut = sentence.rfind(" ", LONGEST // 2, LONGEST)
    if cut < 0:
        cut = LONGEST - 1
        while cut > 1 and _inside_letter(sentence, cut):
            cut -= 1
    return sentence[:cut].rstrip(" ,;:、，；：—–-") + "…"


def _inside_letter(text: str, at: int) -> bool:
    """Whether a cut at ``at`` would fall inside what a reader takes for one letter."""
    before, after = text[at - 1], text[at]
    return (
        unicodedata.category(after).startswith("M")
        or after in _JOINING + _BEHIND_CONSONANT
        or before in _JOINING + _BEFORE_CONSONANT
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    )
