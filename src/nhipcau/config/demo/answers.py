"""What sample offices answer to the form of a demonstration: every word and every figure is invented."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nhipcau.documents.forms import Answers, FigureAnswer, FigureItem, Form, TableItem

MARK = "DỮ LIỆU MẪU"
#: Item of the outline -> what offices say there; two follow each other, so that two offices say some of it alike.
_SAID = {
    "direction": (
        "Cơ quan mẫu đã ban hành kế hoạch mẫu và giao một phòng làm đầu mối.",
        "Lãnh đạo cơ quan mẫu chủ trì giao ban thông tin đối ngoại mỗi quý.",
        "Quy chế phối hợp mẫu với các đơn vị trực thuộc được sửa đổi, bổ sung.",
    ),
    "results": (
        "Tin, bài mẫu tập trung giới thiệu di sản, ẩm thực và môi trường đầu tư.",
        "Tuần lễ Việt Nam mẫu thu hút công chúng sở tại và báo chí nước ngoài.",
        "Chuyên trang tiếng Anh mẫu được cập nhật hằng tuần.",
    ),
    "shortcomings": (
        "Nội dung tiếng nước ngoài mẫu còn ít, cập nhật chậm.",
        "Cán bộ mẫu phần lớn kiêm nhiệm.",
        "Số liệu mẫu giữa các đơn vị chưa thống nhất.",
    ),
    "causes": (
        "Kinh phí mẫu được giao muộn.",
        "Chưa có hướng dẫn thống nhất về cách tính số liệu mẫu.",
    ),
    "recommendations": (
        "Đề nghị Bộ Mẫu B mở lớp tập huấn mẫu về viết tin bằng tiếng Anh.",
        "Đề nghị Bộ Mẫu A cung cấp phim ngắn mẫu có phụ đề.",
    ),
    "next_year": (
        "Tổ chức Ngày Việt Nam mẫu tại địa bàn trong quý II.",
        "Xây dựng kho ảnh, phim mẫu dùng chung.",
        "Rà soát trang thông tin tiếng nước ngoài mẫu.",
    ),
}
_ACTIVITIES = ("Triển lãm ảnh mẫu", "Tọa đàm mẫu với báo chí sở tại", "Tuần phim mẫu", "Gặp gỡ doanh nghiệp mẫu")
_PLACES = ("Hà Nội", "Paris", "Viêng Chăn")


def sample_answers(form: Form, number: int, begin: date, begun: Answers | None = None) -> Answers:
    """Answers that a form allows: words, small numbers broken down, tables with a row or two; without files.

    Args:
        form: what is asked.
        number: which office it is, from 0; another one says something else.
        begin: first day of the period, in which what is listed lies.
        begun: what old units had answered already: their figures are added to those of the office.
    """
    from nhipcau.documents.forms import Answers, FileItem, TableItem, TextItem

    begun = begun or Answers()

    items = form.items.values()
    tables = {item.key: _table(form, item, number, begin) for item in items if isinstance(item, TableItem)}
    counts = {key: len(table.rows) for key, table in tables.items()}
    return Answers(
        texts={item.key: _text(item.key, number) for item in items if isinstance(item, TextItem)},
        nones=frozenset(item.key for item in items if isinstance(item, FileItem)),
        figures={
            key: _figure(form, item, 9 * number + 6 if not item.counted else counts[item.counted], begun.figure(key))
            for key, item in form.figures.items()
        },
        tables=tables,
    )


def _text(key: str, number: int) -> str:
    said = _SAID.get(key, (f"{MARK}: nội dung để trình diễn, không phải báo cáo chính thức.",))
    return " ".join(dict.fromkeys(said[(number + step) % len(said)] for step in (0, 1)))


def _figure(form: Form, item: FigureItem, own: int, begun: FigureAnswer) -> FigureAnswer:
    """The same number in every figure of an office contradicts no rule of a form; each breakdown adds up to it."""
    from nhipcau.documents.forms import FigureAnswer
    from nhipcau.reporting.handing_over import UNIT

    old = begun.by.get(UNIT, {})
    value = own + sum(map(int, old.values()))
    parts = (value - value // 3, value // 3)
    by = {
        axis: {choice.key: str(part) for choice, part in zip(form.axis[axis].choices, parts, strict=False) if part}
        for axis in item.axes
    }
    if old:
        by[UNIT] = {**old, form.axis[UNIT].choices[-1].key: str(own)}
    comment = f"{MARK}: gồm cả số liệu của đơn vị cũ, không có trong bảng kê." if old and item.counted else ""
    return FigureAnswer(value=str(value), by=by, comment=comment)


def _table(form: Form, item: TableItem, number: int, begin: date) -> Any:
    from nhipcau.documents.forms import Row, TableAnswer

    rows = range(1, 2 + number % 2)
    return TableAnswer(
        rows=tuple(Row(id=f"mau{row}", cells=dict(_cells(form, item, number + row, begin))) for row in rows)
    )


def _cells(form: Form, item: TableItem, number: int, begin: date) -> Iterator[tuple[str, str]]:
    words = {"number": f"{number:02}/KH-MAU", "title": "Kế hoạch mẫu", "result": "Mười tin, bài mẫu"}
    words |= {"name": _ACTIVITIES[number % len(_ACTIVITIES)], "place": _PLACES[number % len(_PLACES)]}
    for column in item.columns:
        match column.holds:
            case "date":
                yield column.key, (begin + timedelta(days=20 + 7 * number)).isoformat()
            case "choice":
                choices = form.axis[column.axis].choices
                yield column.key, choices[number % len(choices)].key
            case "text":
                yield column.key, words.get(column.key, "Nội dung mẫu")
            case _:
                yield column.key, str(10 * number)
