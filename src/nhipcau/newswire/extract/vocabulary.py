"""Words that say what a part of a page is: in the names that its makers give it, and in what it says itself.

Kinds of names go by number, a bit each. The words are general ones of web pages, none of one site.
"""

# ruff: noqa: E501 - lists of words

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# In the order of precedence: of what one name could be, the first counts.
_NAMES: Final = {
    "body": "|".join(
        f"{what}s?[-_ ]*(?:body|text|content|detail|copy|main|inner|inhalt)"
        for what in [
            "article",
            "story",
            "entry",
            "post",
            "news",
            "content",
            "detail",
            "main",
            "page",
            "blog",
            "single",
            "field",
            "text",
            "artikel",
        ]
    )
    + r"|articlebody|body[-_]*(?:text|copy|content)|rich[-_]*text|prose"
    r"|wysiwyg|paragraph|fulltext|maincontent|contenu|cuerpo|contenido|conteudo|texto|fliesstext|brodtext|tresc|noidung",
    "comment": r"comment|disqus|replies|respond|discuss|livefyre|kommentar|reader[-_]*letters|forum|feedback|reaction",
    "related": r"related|recommend|more[-_]*(?:stor|news|from|on|art|link|info|about)|read[-_]*(?:more|next|also|on)"
    r"|also|similar|suggest|outbrain|taboola|see[-_]*more|further|mehr|lesen|weiter|lien|relacion|powiazan|lienquan|next"
    r"|prev|adjacent|onward|interlink|backlink|crosslink|inline[-_]*link|promoted|context",
    "popular": r"popular|trending|most[-_]*(?:read|view|shared|comm)|latest|recent|top[-_]*(?:stor|news)|ticker|newest|hot"
    r"|ranking|breaking|live[-_]*feed|archive|headlines",
    "teaser": r"teaser|card|carousel|slider|swiper|slick|list[-_]*item|listing|grid|tile|thumb|feed|loop|river|stream|box"
    r"|playlist|collection|block[-_]*list|link[-_]*list",
    "share": r"share|sharing|social|follow|twitter|facebook|addthis|addtoany|sns|whatsapp|print|email|bookmark|likes?\b",
    "nav": r"nav|menu|crumb|pagina|pager|toolbar|topbar|skip|tabs?\b|search|jump|toc\b|sitemap|burger|drawer|dropdown",
    "newsletter": r"newsletter|subscri|sign[-_]*(?:up|in)|log[-_]*in|regist|paywall|premium|\babos?\b|donat|piano|\bcta\b"
    r"|regwall|membership|support[-_]*us|mailing|app[-_]*(?:store|download)|abonn|account|user",
    "footer": r"foot|copyright|colophon|impressum|disclaimer|legal|bottom|terms|rights|imprint",
    "cookie": r"cookie|consent|gdpr|privacy|modal|popup|overlay|notice|alert|toast|banner|dialog|lightbox|tooltip|sticky",
    "advert": r"\bads?\b|[-_]ads?\b|\bads?[-_]|advert|sponsor|commerc|werb|anzeige|publicid|reklam|promo|affiliate|shop"
    r"|product|price|deal|marketing|adslot|adsense|dfp|gpt",
    "side": r"side|aside|rail|widget|secondary|complement|right[-_]?(?:col|bar)|left[-_]?(?:col|bar)|supplement|infobox",
    "bio": r"\bbio\b|author[-_]*(?:bio|box|info|desc)|about[-_]*(?:the[-_]*)?author|contributor|profile|biograph|autor",
    "caption": r"caption|credit|figure|photo|image|img|picture|media|legend|bild|foto|gallery|video|player|audio|galer|embed"
    r"|pic\b|imagen|thumbnail|copyright|illustration|slideshow",
    "byline": r"byline|author|date|time|\bmeta|[-_]meta|posted|published|dateline|source|writer|reporter|views|counter"
    r"|read(?:ing)?[-_]*time|timestamp|info\b",
    "tag": r"\btags?\b|[-_]tags?\b|tags?[-_]|topic|keyword|label|categor|\bcat\b|section[-_]?name|kicker|rubri|flag|eyebrow",
    "summary": r"summary|lead\b|lede|intro|standfirst|abstract|excerpt|sub[-_]?(?:title|head)|sapo|chapo|deck\b|\bdek\b|perex"
    r"|vorspann|ingress|entradilla|bajada|sommario|highlight|key[-_]*point|description|preview",
    "title": r"title|headline|heading|\bhed\b|header|\bhead\b|titul|titre|entete",
    "quote": r"quote|blockquote|pull|cite|zitat",
    "hidden": r"hidden|\bhide\b|sr[-_]only|visually|screen[-_]reader|invisible|collapse|\bd-none\b|noprint|no-print|a11y",
    "content": r"article|content|story|entry|post|text|body|main|detail|news|artikel|inhalt|copy|primary|single|blog|page",
}
NAMES: Final = tuple(_NAMES)
_LONGEST_NAMES = 200
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")

_WORDS: Final = {
    "legal": r"©|\(c\)|copyright|all rights reserved|alle rechte|tous droits|todos los derechos|tutti i diritti"
    r"|todos os direitos|wszelkie prawa|все права|版权|版權|著作権|無断|저작권|무단|bản quyền|hak cipta|tüm hakları"
    r"|cookie|privacy|datenschutz|impressum|terms of|javascript|browser|isbn|issn|liên hệ|giấy phép|editorial use",
    "account": r"newsletter|subscri|sign up|sign in|log in|login|register|abonn|inscri|suscr|iscriv|assin|anmeld|melden sie"
    r"|jetzt testen|подпис|regist|đăng ký|đăng nhập|订阅|登录|註冊|登録|会員|ログイン|구독|로그인|berlangganan|abone"
    r"|prenumer|e-?mail|@|download|app store|google play|free trial|your inbox|donate|spenden|unterstütz",
    "onward": r"read more|see also|related|more on|also read|read also|read:|click here|mehr zum|mehr dazu|lesen sie|siehe"
    r"|auch interessant|weiterlesen|lire aussi|à lire|en savoir|lee también|más en|te puede|leia|veja|saiba|leggi|"
    r"lees ook|läs (?:mer|också)|les også|læs også|lue myös|czytaj|zobacz|polecamy|читайте|смотрите|подробнее|також"
    r"|xem thêm|đọc thêm|tin liên quan|相关|延伸|関連|あわせて|관련|더보기|baca|lihat juga|ilgili|okuyun|więcej|watch:"
    r"|recommended|most (?:read|popular)|trending|latest|top stories|don't miss|up next|previous|next article|view all",
    "share": r"share|follow us|follow @|tweet|facebook|twitter|whatsapp|telegram|linkedin|instagram|youtube|teilen|folgen"
    r"|partag|suivez|compart|síguenos|condivi|udostępnij|поделиться|chia sẻ|分享|シェア|공유|bagikan|paylaş|print|drucken",
    "comment": r"comment|kommentar|comentari|commenti|commentaire|komentarz|коммент|bình luận|评论|評論|コメント|댓글|yorum"
    r"|reply|antworten|responder|likes?\b|report abuse|leave a|your email|required fields",
    "credit": r"photo|foto|image|picture|bild|getty|reuters/|\(reuters\)|afp|dpa|\bap\b|shutterstock|istock|courtesy|credit"
    r"|quelle:|source:|fuente|fonte|crédit|ảnh|nguồn|图|摄|写真|提供|사진|фото|zdj|fot\.|imago|picture alliance|video|file",
    "byline": r"^(?:by|von|par|por|di|da|door|av|af|oleh|автор|текст|bởi|文|記者|记者|기자)\b|published|updated|posted"
    r"|modified|last edit|aktualisiert|veröffentlicht|publié|mis à jour|publicad|actualizad|pubblicat|opublikowan"
    r"|опубликован|cập nhật|发布|更新|公開|입력|수정|diterbitkan|güncel|\bmin(?:ute)?s? read|minuten|uhr\b|written by",
    "advert": r"advert|anzeige|publicité|publicidad|pubblicità|publicidade|reklam|реклама|quảng cáo|广告|広告|광고|iklan"
    r"|sponsor|promotion|affiliate|coupon|% off|buy now|shop|buy\b|preis|price|order now|kaufen|zum angebot",
    "tags": r"^(?:tags?|topics?|themen|schlagw|mots|etiquetas|temas|keywords|теги|từ khóa|thẻ|标签|關鍵|タグ|kategori|filed under"
    r"|categor|more about|in this)",
}
WORDS: Final = tuple(_WORDS)


_DENSE_SCRIPT: Final = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ALTERNATIVE: Final = re.compile(r"(?:[^|()\[\]]|\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])+")
_LETTER: Final = re.compile(r"[^\W\d_]")


def _alternatives(patterns: dict[str, str]) -> list[tuple[str, int]]:
    return [(one, 1 << n) for n, words in enumerate(patterns.values()) for one in _ALTERNATIVE.findall(words)]


def _by_first_letter(alternatives: list[str]) -> str:
    """One pattern for all, in which a letter is looked up before the words that begin with it."""
    groups: dict[str, list[str]] = {}
    for one in alternatives:
        groups.setdefault(one[0] if _LETTER.match(one) else "", []).append(one)
    return "|".join(
        f"{letter}(?:{'|'.join(one[1:] for one in group)})" if letter else "|".join(group)
        for letter, group in groups.items()
    )


_OF_NAMES: Final = _alternatives(_NAMES)
_NAME: Final = re.compile(_by_first_letter([one for one, _ in _OF_NAMES]))
_KINDS_OF_NAMES: Final = [(re.compile(words.replace(r"\b", "")), 1 << n) for n, words in enumerate(_NAMES.values())]
# The words in a name; words that tell more together with the next one.
_PART: Final = re.compile(r"[a-z]+")
_LITERAL: Final = re.compile(r"(?:\\b)?([a-z]+?)(?:s\?)?\[-_")
_FIRST_OF_TWO: Final = frozenset(
    word + plural
    for one, _ in _OF_NAMES
    if (found := _LITERAL.match(one))
    for word in [found[1]]
    for plural in ("", "s")
) | {"d", "no"}
_OF_WORDS: Final = [(one.removeprefix(r"\b"), bit) for one, bit in _alternatives(_WORDS)]
_KINDS_OF_WORDS: Final = [(re.compile(words), 1 << n) for n, words in enumerate(_WORDS.values())]
_OF_DENSE: Final = [one for one, _ in _OF_WORDS if _DENSE_SCRIPT.match(one)]
_DENSE_WORD: Final = re.compile("|".join(_OF_DENSE))
_DENSE: Final = re.compile("[\u2e80-\U0010ffff]")
_SIGNS: Final = [(one.replace("\\", ""), bit) for one, bit in _OF_WORDS if not _LETTER.match(one) and one[0] != "^"]
# In scripts with blanks a word is looked for where one begins: by its first letters, then whole.
_LETTERS: Final = re.compile(r"\w{2,3}(?![?*])")
_STARTING = 3
_PLAIN: Final = re.compile(r"[\w '-]+")


def _by_start() -> dict[str, list[tuple[str | re.Pattern[str], int]]]:
    groups: dict[str, list[tuple[str | re.Pattern[str], int]]] = {}
    for one, bit in _OF_WORDS:
        if _LETTER.match(one) and not _DENSE_SCRIPT.match(one):
            start = _LETTERS.match(one)
            known = (one if _PLAIN.fullmatch(one) else re.compile(one), bit)
            groups.setdefault(start[0] if start else one[0], []).append(known)
    return groups


def _by_first_character() -> dict[str, list[tuple[re.Pattern[str], int]]]:
    """What counts only where a text begins with it."""
    groups: dict[str, list[tuple[re.Pattern[str], int]]] = {}
    for one, bit in _OF_WORDS:
        if one[0] == "^":
            for first in {word[0] for word in one.removeprefix("^(?:").split("|")}:
                groups.setdefault(first, []).append((re.compile(one), bit))
    return groups


_BY_START: Final = _by_start()
_BY_FIRST_CHARACTER: Final = _by_first_character()


class _KnownBy(dict[str, tuple[tuple["str | re.Pattern[str]", int], ...]]):
    """What a word with these first letters may begin, as it stands or as a pattern; for most, nothing.

    A table that fills itself: all words of a text are asked for without a call for each.
    """

    def __missing__(self, start: str) -> tuple[tuple[str | re.Pattern[str], int], ...]:
        if len(self) >= _MOST_STARTS:
            self.clear()
        found = (one for length in range(1, len(start) + 1) for one in _BY_START.get(start[:length], ()))
        known = self[start] = tuple(found)
        return known


_MOST_STARTS = 20_000
_KNOWN_BY: Final = _KnownBy()


# Elements of a page, and pages of a site, share their names.
@functools.lru_cache(maxsize=20_000)
def kinds_of_name(names: str) -> int:
    """Bits of :data:`NAMES` for the class and id of an element."""
    bits, before = 0, ""
    for name in names[:_LONGEST_NAMES].split():
        bits |= _kinds_of_one(name)
        if before in _FIRST_OF_TWO:
            bits |= _kinds_of_one(f"{before}-{name}")
        before = name
    return bits


@functools.lru_cache(maxsize=50_000)
def _kinds_of_one(name: str) -> int:
    if not name.islower():
        name = _CAMEL.sub("-", name).lower()
    bits, before = 0, ""
    for part in _PART.findall(name):
        if before in _FIRST_OF_TWO:
            bits |= _kinds_of_part(f"{before}-{part}")
        bits |= _kinds_of_part(part)
        before = part
    return bits


# Names are many, the words in them few.
@functools.lru_cache(maxsize=50_000)
def _kinds_of_part(part: str) -> int:
    bits = 0
    for found in _NAME.finditer(part):
        bits |= _kind_of_name(found[0])
    return bits


@functools.lru_cache(maxsize=4_000)
def _kind_of_name(found: str) -> int:
    return next((bit for pattern, bit in _KINDS_OF_NAMES if pattern.fullmatch(found)), 0)


def _begun(text: str, words: Sequence[str]) -> int:
    bits = at = 0
    known_by = _KNOWN_BY
    for word, known in [(word, known) for word in words if (known := known_by[word[:_STARTING]])]:
        at = text.find(word, at)
        for one, bit in known:
            if text.startswith(one, at) if isinstance(one, str) else one.match(text, at):
                bits |= bit
    return bits


def kinds_of_words(text: str, words: Sequence[str]) -> int:
    """Bits of :data:`WORDS` for a piece of text.

    Args:
        text: the piece, in lower case.
        words: the words in it, in their order.
    """
    bits = _begun(text, words)
    for pattern, bit in _BY_FIRST_CHARACTER.get(text[:1], ()):
        if pattern.match(text):
            bits |= bit
    for sign, bit in _SIGNS:
        if sign in text:
            bits |= bit
    if not text.isascii() and _DENSE.search(text):
        for found in _DENSE_WORD.finditer(text):
            bits |= _kind_of_words(found[0])
    return bits


@functools.lru_cache(maxsize=4_000)
def _kind_of_words(found: str) -> int:
    return next((bit for pattern, bit in _KINDS_OF_WORDS if pattern.fullmatch(found)), 0)
