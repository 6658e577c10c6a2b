"""What the sample offices answer in a year: made by a seed, varied by size and by office, valid for the outline form.

Plain Python: the bench adds these very answers up by itself and compares them with what the program says.
"""

from __future__ import annotations

import random
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.documents.forms import Answers, Form

SEED = 47
#: What is smaller than or equal to what, so that the rules of the form hold.
WITHIN = {
    "items_promotion": "items",
    "budget_spent": "budget_planned",
    "portal_visits_abroad": "portal_visits",
    "requests_answered": "requests_received",
    "requests_on_time": "requests_answered",
    "notices_answered": "notices_received",
    "notices_on_time": "notices_answered",
}
COMMON = "Đã quán triệt Nghị quyết số 47/NQ-CP của Chính phủ đến cán bộ, công chức, viên chức của cơ quan."
SENTENCES = (
    "Ban hành {n} văn bản chỉ đạo, hướng dẫn.",
    "Phối hợp với báo chí đối ngoại đăng {n} tin, bài bằng tiếng Anh.",
    "Tổ chức {n} lớp tập huấn tại TP. Hồ Chí Minh.",
    "Kinh phí thực hiện 1.{n:03},5 triệu đồng.",
    "Một số đơn vị còn chậm gửi số liệu.",
    "Đề nghị sớm ban hành tài liệu dùng chung.",
)


def answers_of(form: Form, office: int, campaign: int, take: int, units: Iterable[int] = ()) -> Answers:
    """The answers of an office in a campaign; ``take`` counts its submissions, ``units`` are whom it speaks for."""
    from nhipcau.documents.forms import Answers

    dice = random.Random(f"{SEED}/{office}/{campaign}/{take}")  # noqa: S311 - invented figures need no secrecy
    size = random.Random(f"{SEED}/{office}").choice((3, 12, 40, 150))  # noqa: S311 - the same
    bodies = list(units)
    figures: dict[str, Any] = {}
    whole: dict[str, Decimal] = {}
    for key, item in form.figures.items():
        figures[key] = _figure(form, item, dice, size, whole, bodies)
    tables = {key: _table(form, item, dice) for key, item in form.items.items() if item.kind == "table"}
    for key, item in form.figures.items():
        if item.counted and "." not in item.counted:
            figures[key] = _counted(len(tables[item.counted].rows), bodies)
    texts = {
        key: _text(dice, campaign)
        for key, item in form.items.items()
        if item.kind == "text" and (item.required or dice.random() < 0.6)  # noqa: PLR2004 - a share
    }
    nones = frozenset(key for key, item in form.items.items() if item.kind in {"text", "file"} and key not in texts)
    return Answers(texts=texts, nones=nones, figures=figures, tables=tables)


def _figure(  # noqa: PLR0917 - one caller
    form: Form, item: Any, dice: random.Random, size: int, whole: dict[str, Decimal], units: list[int]
) -> Any:
    from nhipcau.documents.forms import FigureAnswer

    chance = dice.random() if item.key not in {"courses", "people_trained"} else 1.0
    bound = whole.get(WITHIN.get(item.key, ""))
    if item.key in WITHIN and bound is None:
        return FigureAnswer(comment="Không theo dõi.")
    if chance < 0.04:  # noqa: PLR2004 - a share
        return FigureAnswer(comment="Chưa có số liệu.")
    if chance < 0.1:  # noqa: PLR2004 - a share
        whole[item.key] = Decimal(0)
        return FigureAnswer(none=True)
    step = Decimal("0.0001") if item.number == "decimal" else Decimal("0.5") if item.number == "money" else Decimal(1)
    most = int((bound if bound is not None else Decimal(size * 7)) / step)
    total = dice.randrange(most + 1) * step
    if item.key == "people_trained":
        total += whole.get("courses", Decimal(0))
    whole[item.key] = total
    by = {axis: _parted(total, step, [c.key for c in form.axis[axis].choices], dice) for axis in item.axes}
    if units:
        by["unit"] = _parted(total, step, [str(unit) for unit in units], dice)
    estimate = str(dice.randrange(int(total / step) + 1) * step) if total and dice.random() < 0.3 else ""  # noqa: PLR2004 - a share
    return FigureAnswer(value=str(total), by=by, estimate=estimate)


def _counted(rows: int, units: list[int]) -> Any:
    from nhipcau.documents.forms import FigureAnswer

    by = {"unit": {str(unit): str(rows if place == 0 else 0) for place, unit in enumerate(units)}} if units else {}
    return FigureAnswer(value=str(rows), by=by)


def _parted(total: Decimal, step: Decimal, keys: list[str], dice: random.Random) -> dict[str, str]:
    """A total divided among some of the keys, adding up to it."""
    left = int(total / step)
    found: dict[str, str] = {}
    for key in keys[:-1]:
        part = dice.randrange(left + 1)
        found[key] = str(part * step)
        left -= part
    found[keys[-1]] = str(left * step)
    return found


def _table(form: Form, item: Any, dice: random.Random) -> Any:
    from nhipcau.documents.forms import Row, TableAnswer

    rows = []
    for number in range(dice.randrange(1, 5)):
        cells = {}
        for column in item.columns:
            if column.holds == "choice":
                cells[column.key] = dice.choice([choice.key for choice in form.axis[column.axis].choices])
            elif column.holds == "date":
                cells[column.key] = f"2025-05-{dice.randrange(1, 15) + (14 if column.key == 'end' else 0):02}"
            elif column.holds in {"whole", "money", "decimal"}:
                cells[column.key] = str(dice.randrange(500))
            else:
                cells[column.key] = f"Hoạt động mẫu {number + 1}"
        rows.append(Row(id=f"r{number}", cells=cells))
    return TableAnswer(rows=tuple(rows))


def _text(dice: random.Random, campaign: int) -> str:
    said = [COMMON] if dice.random() < 0.5 else []  # noqa: PLR2004 - a share
    said += [each.format(n=dice.randrange(1, 400)) for each in dice.sample(SENTENCES, dice.randrange(1, 4))]
    return " ".join(said) + f"\nKỳ báo cáo thứ {campaign}."


Cell = tuple[str, str, str]


def added_up(answers: Iterable[Answers]) -> tuple[dict[Cell, Decimal], dict[str, Decimal]]:
    """Every number of some answers added up, and the estimated part of every total, by plain Python."""
    sums: dict[Cell, Decimal] = defaultdict(Decimal)
    estimated: dict[str, Decimal] = defaultdict(Decimal)
    for one in answers:
        for key, answer in one.figures.items():
            if answer.none or answer.value:
                sums[(key, "", "")] += Decimal(answer.value or 0)
                estimated[key] += Decimal(answer.estimate or 0)
            for axis, choices in answer.by.items():
                for choice, value in choices.items():
                    sums[(key, axis, choice)] += Decimal(value)
    return dict(sums), dict(estimated)


def compared(
    now: Mapping[int, Decimal], before: Mapping[int, Decimal], into: Mapping[int, Iterable[int]]
) -> tuple[Decimal, Decimal]:
    """Sums of both years of what can be compared: ``into`` says into which offices each body of before went.

    Bodies and offices that hang together, by whatever way, are one group; one that lacks a number of any is left out.
    """
    group: dict[tuple[str, int], set[tuple[str, int]]] = {("now", office): {("now", office)} for office in now}
    for body, offices in into.items():
        one = {("before", body)}
        for office in offices:
            one |= group.get(("now", office), {("now", office)})
        for node in one:
            group[node] = one
    sums = [Decimal(0), Decimal(0)]
    for nodes in {id(each): each for each in group.values()}.values():
        has = [now.get(key) for side, key in nodes if side == "now"]
        had = [before.get(key) for side, key in nodes if side == "before"]
        if has and had and None not in has and None not in had:
            sums[0] += sum(has, Decimal(0))
            sums[1] += sum(had, Decimal(0))
    return sums[0], sums[1]
