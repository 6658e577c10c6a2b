"""A made-up digest to try a template with: every field is filled, and the paper says that it is sample data."""

from __future__ import annotations

from typing import Any

_WRITER = "Lê Thị Viết"


def sample_digest() -> dict[str, Any]:
    """Plain values as :mod:`nhipcau.documents.digest.shape` reads them."""
    stories = [
        _story(1, "Xuất khẩu gạo tăng 12 %", "Le riz du Vietnam progresse", "fr", "Le Papier (Pháp)"),
        _story(2, "", "ベトナムのコメ輸出が増加", "ja", "見本日日新聞 (Nhật Bản)"),
        _story(3, "", "فيتنام تزيد صادرات الأرز", "ar", "صحيفة النموذج (Ai Cập)"),
    ]
    return {
        "lang": "vi",
        "sample": True,
        "kind": "Bản tin điểm báo",
        "title": "Việt Nam trên báo chí nước ngoài",
        "period": "Kỳ: 22/11/2026",
        "day": "2026-11-22",
        "made_by": "Nhịp Cầu",
        "edition": {
            "mark": "DỰ THẢO",
            "organisation": "Vụ Mẫu",
            "superior": "Bộ Mẫu",
            "number_and_symbol": "12/ĐB-VM",
            "place": "Hà Nội",
            "issued_on": "2026-11-22",
            "signer_name": "Nguyễn Văn Mẫu",
            "signer_post": "TL. Bộ trưởng",
            "recipients": ["Lãnh đạo Bộ", "Các đơn vị thuộc Bộ"],
            "archive_line": "Lưu: VT, TTĐN",
            "notices": [{"at": "2026-11-23T01:00:00Z", "text": "Đính chính số liệu ở câu chuyện 1."}],
        },
        "totals": [{"value": 3, "words": "3 tin, bài"}, {"value": 3, "words": "3 câu chuyện"}],
        "highlights": ["s1", "s2"],
        "sections": [{"title": "Kinh tế", "paragraphs": ["Báo chí nêu nhiều về gạo."], "stories": stories}],
        "nothing": "",
        "numbers": [
            {"key": "country", "title": "Nước", "rows": [{"code": "FR", "name": "Pháp", "count": 1}], "unknown": 2}
        ],
        "method": ["Dữ liệu mẫu, dùng để thử biểu mẫu."],
        "counts": [{"name": "Tài liệu đã đọc", "count": 3, "of": ""}],
        "inputs": [],
        "problems": [],
        "columns": [],
        "articles": [],
        "rejections": [],
    }


def _story(number: int, headline: str, title: str, lang: str, outlet: str) -> dict[str, Any]:
    words = {"text": title, "lang": lang, "dir": "rtl" if lang == "ar" else "ltr"}
    source = {
        "outlet": outlet,
        "country": "",
        "title": words,
        "when": "22/11/2026 14:05",
        "url": f"https://paper.example/{number}",
        "reprint": False,
        "revised": False,
    }
    return {
        "id": f"s{number}",
        "number": number,
        "headline": headline,
        "title": words,
        "summary": "Tóm tắt do chuyên viên viết." if headline else "",
        "gist": words,
        "gist_by": "",
        "written_by": [_WRITER] if headline else [],
        "note": "Theo dõi tiếp." if headline else "",
        "breadth": "1 tin, bài · 1 nước",
        "when": "22/11/2026 14:05",
        "continued": False,
        "articles": 1,
        "outlets": 1,
        "countries": 1,
        "languages": 1,
        "topics": ["Kinh tế"],
        "score": 0.5,
        "sources": [source],
    }
