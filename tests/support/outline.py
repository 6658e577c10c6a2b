"""A report form as large as the outline of a yearly report, and an answer to all of it."""

from nhipcau.documents.forms import (
    Answers,
    Axis,
    Choice,
    Column,
    FigureAnswer,
    FigureItem,
    FileItem,
    Form,
    Row,
    Section,
    TableAnswer,
    TableItem,
    TextItem,
)
from nhipcau.documents.forms.workbook import Cover, Identity

LANGUAGES = Axis(
    key="language",
    label="Ngôn ngữ",
    choices=tuple(
        Choice(key=key, label=label)
        for key, label in [
            ("vi", "Tiếng Việt"), ("en", "Tiếng Anh"), ("zh", "Tiếng Trung"), ("fr", "Tiếng Pháp"),
            ("ru", "Tiếng Nga"), ("es", "Tiếng Tây Ban Nha"), ("lo", "Tiếng Lào"), ("km", "Tiếng Khmer"),
            ("ja", "Tiếng Nhật"), ("ko", "Tiếng Hàn"), ("other", "Ngôn ngữ khác"),
        ]
    ),
)  # fmt: skip
CHANNELS = Axis(
    key="channel",
    label="Kênh",
    choices=tuple(
        Choice(key=key, label=label)
        for key, label in [
            ("print", "Báo in"), ("online", "Báo điện tử"), ("radio", "Phát thanh"), ("tv", "Truyền hình"),
            ("portal", "Cổng thông tin điện tử"), ("social", "Mạng xã hội"),
        ]
    ),
)  # fmt: skip
COUNTRIES = Axis(
    key="country",
    label="Nước",
    choices=tuple(Choice(key=f"n{number:02d}", label=f"Nước Mẫu {number}") for number in range(1, 41)),
)
FIGURES = (
    ("I", "documents", "Văn bản đã ban hành", "văn bản", "whole", ()),
    ("I", "courses", "Lớp tập huấn, bồi dưỡng", "lớp", "whole", ()),
    ("I", "trained", "Lượt người được tập huấn", "lượt người", "whole", ()),
    ("I", "inspections", "Cuộc thanh tra, kiểm tra", "cuộc", "whole", ()),
    ("I", "budget_planned", "Kinh phí được giao", "triệu đồng", "money", ()),
    ("I", "budget_spent", "Kinh phí đã sử dụng", "triệu đồng", "money", ()),
    ("II", "items", "Tin, bài, chương trình", "sản phẩm", "whole", ("language", "channel")),
    ("II", "publications", "Ấn phẩm", "ấn phẩm", "whole", ("language",)),
    ("II", "events_home", "Sự kiện trong nước", "sự kiện", "whole", ()),
    ("II", "events_abroad", "Sự kiện ở nước ngoài", "sự kiện", "whole", ("country",)),
    ("II", "visits", "Lượt truy cập cổng thông tin", "nghìn lượt", "decimal", ()),
    ("II", "share_abroad", "Tỷ lệ truy cập từ nước ngoài", "%", "decimal", ()),
    ("III", "conferences", "Họp báo", "cuộc", "whole", ()),
    ("III", "interviews", "Trả lời phỏng vấn", "cuộc", "whole", ("language",)),
    ("III", "delegations_in", "Đoàn báo chí nước ngoài vào", "đoàn", "whole", ("country",)),
    ("III", "reporters", "Lượt phóng viên", "lượt người", "whole", ("country",)),
    ("V", "monitored", "Tin, bài được theo dõi", "tin, bài", "whole", ("language",)),
    ("V", "in_time", "Thông báo được trả lời đúng hạn", "thông báo", "whole", ()),
)
TEXTS = (
    ("I", "direction", "Công tác chỉ đạo, điều hành"),
    ("II", "results", "Kết quả theo nội dung"),
    ("IV", "border", "Thông tin biên giới, biển đảo"),
    ("VI", "shortcomings", "Hạn chế và nguyên nhân"),
    ("VII", "proposals", "Kiến nghị, đề xuất"),
    ("VIII", "next_year", "Phương hướng năm tới"),
)
EVENTS = TableItem(
    key="events",
    label="Phụ lục 1. Hoạt động ở nước ngoài",
    guidance="Mỗi hoạt động một dòng.",
    columns=(
        Column(key="name", label="Tên hoạt động", required=True),
        Column(key="held_on", label="Ngày", holds="date"),
        Column(key="place", label="Địa điểm"),
        Column(key="country", label="Nước", holds="choice", axis="country"),
        Column(key="people", label="Số người dự", holds="whole"),
        Column(key="cost", label="Kinh phí (triệu đồng)", holds="money"),
    ),
)
PRODUCTS = TableItem(
    key="products",
    label="Phụ lục 2. Sản phẩm tiêu biểu",
    columns=(
        Column(key="title", label="Tên sản phẩm", required=True),
        Column(key="language", label="Ngôn ngữ", holds="choice", axis="language"),
        Column(key="issued_on", label="Ngày phát hành", holds="date"),
    ),
)


def outline(version=1):
    """The form."""
    sections = []
    for number in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII"):
        items = [
            FigureItem(key=key, label=label, unit=unit, number=kind, axes=axes)
            for part, key, label, unit, kind, axes in FIGURES
            if part == number
        ]
        items += [
            TextItem(key=key, label=label, guidance=f"Nêu ngắn gọn: {label.lower()}.")
            for part, key, label in TEXTS
            if part == number
        ]
        if items:
            sections.append(
                Section(key=f"part_{number.lower()}", number=number, title=f"Phần {number}", items=tuple(items))
            )
    files = FileItem(key="evidence", label="Tài liệu kèm theo")
    sections.append(Section(key="annex", number="PL", title="Phụ lục", items=(EVENTS, PRODUCTS, files)))
    return Form(
        key="annual",
        version=version,
        title="Báo cáo công tác thông tin đối ngoại năm",
        basis="Đề cương mẫu",
        axes=(LANGUAGES, CHANNELS, COUNTRIES),
        sections=tuple(sections),
    )


def filled():
    """Answers to most of it."""
    figures = {
        "documents": FigureAnswer(value="12"),
        "courses": FigureAnswer(value="3", comment="Hai lớp ở huyện"),
        "inspections": FigureAnswer(none=True),
        "budget_planned": FigureAnswer(value="1234.5"),
        "items": FigureAnswer(
            value="1500",
            estimate="120",
            by={"language": {"vi": "1000", "en": "400", "zh": "100"}, "channel": {"print": "700", "online": "800"}},
        ),
        "events_abroad": FigureAnswer(value="5", by={"country": {"n01": "3", "n40": "2"}}),
        "share_abroad": FigureAnswer(value="12.25"),
    }
    rows = (
        Row(
            id="a1",
            cells={
                "name": "Tuần văn hóa Mẫu",
                "held_on": "2026-05-12",
                "place": "Thủ đô Mẫu",
                "country": "n01",
                "people": "2500",
                "cost": "310.75",
            },
        ),
        Row(id="a2", cells={"name": "=Hội thảo mẫu", "held_on": "2026-09-02", "country": "n40", "people": "80"}),
        Row(id="a3", cells={"name": "Triển lãm Mẫu", "place": "Thành phố Mẫu"}),
    )
    return Answers(
        texts={"direction": "Đã ban hành 12 văn bản.\nPhân công rõ đầu mối.", "results": "+ Kết quả tốt"},
        nones=frozenset({"border"}),
        figures=figures,
        tables={"events": TableAnswer(rows=rows), "products": TableAnswer(none=True)},
        files={"evidence": (7,)},
    )


IDENTITY = Identity(report=12, campaign=3, organisation="so-mau", form="annual", version=1, draft=4, book="a1b2c3")
COVER = Cover(
    office="Sở Mẫu",
    report="Báo cáo năm 2026",
    facts=(("Kỳ báo cáo", "Năm 2026"), ("Hạn nộp", "30/11/2026"), ("Số liệu đến ngày", "15/11/2026")),
    sample=True,
)
