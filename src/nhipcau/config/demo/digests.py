"""Sample digests of a demonstration: yesterday's, issued by one office and waiting for approval in another.

They are written as their people would write them, each step under the rights of whoever takes it. Every word of them is
about the invented events of the sample newsroom.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person
    from nhipcau.press.models import Digest


class Words(NamedTuple):
    """What a sample analyst writes of an invented event; known by a part of the address of one of its items."""

    slug: str
    headline: str
    gist: str


WORDS = (
    Words(
        "hoi-an-lanterns-opening",
        "Hội An thắp mười nghìn đèn lồng khai mạc lễ hội mùa thu",
        "Báo chí nhiều nước tả đêm khai mạc bên sông Thu Bồn và nhắc việc dời đêm thứ hai vào trong nhà vì mưa.",
    ),
    Words(
        "storm-central-coast",
        "Bão vào ven biển miền Trung, bốn mươi nghìn người sơ tán",
        "Các báo đưa số người sơ tán và việc tàu hỏa tạm dừng; chưa có thông tin về thiệt hại.",
    ),
    Words(
        "coffee-harvest-highlands",
        "Mưa muộn làm giảm sản lượng cà phê, giá tăng",
        "Báo kinh tế dẫn lời người trồng cà phê Tây Nguyên và các sàn giao dịch.",
    ),
    Words(
        "low-carbon-rice",
        "Đồng bằng sông Cửu Long bán ba mươi nghìn tấn lúa phát thải thấp đầu tiên",
        "Báo chí coi đây là phép thử cho cách trồng lúa mới.",
    ),
    Words(
        "ha-long-cruise-rules",
        "Tàu du lịch Hạ Long phải mang chất thải về cảng",
        "Quy định mới được nêu cùng ý kiến của chủ tàu và du khách.",
    ),
)
_SUMMARY = (
    "DỮ LIỆU MẪU: bản tin để trình diễn, không phải văn bản chính thức.\n"
    "Báo chí nước ngoài trong ngày nói nhiều nhất về lễ hội đèn lồng Hội An và cơn bão ở miền Trung.\n"
    "Tin kinh tế tập trung vào cà phê và lúa gạo."
)
#: Analyst, approver, office, how far yesterday's digest of the office goes, and where it is sent.
_OFFICES = (
    ("chuyen-vien", "lanh-dao", "sample-ministry-a", "issued", ("sample-province-01", "sample-mission-01")),
    ("tinh-mau", "tinh-duyet", "sample-province-01", "in_review", ("sample-ministry-a",)),
)


def write_digests(people: dict[str, Person]) -> None:
    """Build yesterday's digests and write them, once only; nothing where no sample item was collected."""
    from nhipcau.access import system
    from nhipcau.network.models import Organisation
    from nhipcau.press import queries
    from nhipcau.press.digesting import build_digests
    from nhipcau.press.models import Article, Digest

    yesterday = timezone.localdate() - timedelta(days=1)
    with system("demo") as access:
        sample = Article.objects.filter(outlet__sample=True).exists()
        if not sample or Digest.objects.filter(day__lt=timezone.localdate()).exists():
            return
        offices = {office.slug: office for office in Organisation.objects.filter(slug__in=[row[2] for row in _OFFICES])}
        built = build_digests(list(offices.values()), yesterday, actor=access.actor, focus=queries.FOCUS)
        digests = {digest.organisation_id: digest.pk for digest in built}
    for analyst, approver, office, state, to in _OFFICES:
        if offices[office].pk in digests:
            _write(digests[offices[office].pk], people[analyst], people[approver], state, to)
    with system("demo") as access:
        # What yesterday's told is not new today.
        build_digests(list(offices.values()), timezone.localdate(), actor=access.actor, focus=queries.FOCUS)


def _write(key: int, analyst: Person, approver: Person, state: str, to: tuple[str, ...]) -> None:
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.network.models import Organisation
    from nhipcau.press.domain import steps
    from nhipcau.press.domain.contents import DigestHead, edit_digest
    from nhipcau.press.models import Digest

    with opened(access_for(analyst)):
        digest = Digest.objects.get(pk=key)
        recipients = list(Organisation.objects.filter(slug__in=to))
        head = DigestHead(symbol="ĐB-MAU", place="Hà Nội", summary=_SUMMARY, archive_line="VT", recipients=recipients)
        digest = edit_digest(actor=analyst, digest=digest, head=head, version=digest.version)
        if not _entries(digest, analyst):
            return
        digest = steps.submit_digest(actor=analyst, digest=digest)
    if state == "in_review":
        return
    with opened(access_for(approver)):
        digest = steps.approve_digest(actor=approver, digest=digest)
        steps.issue_digest(actor=approver, digest=digest, post="Thủ trưởng cơ quan mẫu")


def _entries(digest: Digest, analyst: Person) -> int:
    """Keep the stories that there are words for, and write them; how many there are."""
    from nhipcau.press.domain.entries import write_entry
    from nhipcau.press.domain.triage import keep_item
    from nhipcau.press.models import DigestArticle, DigestEntry

    written = 0
    for words in WORDS:
        item = DigestArticle.objects.filter(digest=digest, article__url__contains=words.slug, relevant=True)
        row = item.select_related("article").order_by("place", "pk").first()
        if row is None:
            continue
        keep_item(actor=analyst, digest=digest, article=row.article)
        entry = DigestEntry.objects.filter(digest=digest, headline="").first()
        if entry is None:
            # Its story is told already, by another item.
            continue
        values = {"headline": words.headline, "gist": words.gist}
        write_entry(actor=analyst, entry=entry, values=values, version=entry.version)
        written += 1
    return written
