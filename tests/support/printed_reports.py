"""Printed reports: one put together by hand, of three offices."""

from tests.support.printed import make_edition


def said(text, *offices):
    return {"text": text, "offices": list(offices)}


def number(label, value, **changes):
    plain = {
        "label": label,
        "axis": "",
        "unit": "",
        "value": value,
        "estimated": None,
        "before": None,
        "change": "",
        "offices": 0,
        "comment": "",
        "cells": None,
    }
    return plain | changes


def cells(column, *, annex=0, estimated=None):
    return {"annex": annex, "column": column, "estimated": estimated}


def make_report(**changes):
    """Articles of three offices, 10 + 20.5 + nothing, broken down by language; 3 of them estimated."""
    figure = {
        "total": number(
            "Tin, bài", "30.5", unit="bài", estimated="3", before="25", change="+5,5", offices=2,
            cells=cells(0, estimated=1), comment="Ước tháng 12.",
        ),
        "parts": [
            number("Tiếng Anh", "20.5", axis="Ngôn ngữ", offices=1, cells=cells(2)),
            number("Tiếng Lào", "10", axis="Ngôn ngữ", offices=1, cells=cells(3)),
        ],
    }  # fmt: skip
    plain = {
        "lang": "vi",
        "sample": True,
        "kind": "Báo cáo",
        "title": "Tổng hợp công tác thông tin đối ngoại năm 2026",
        "period": "Từ 15/12/2025 đến 14/12/2026",
        "day": "2026-12-20",
        "made_by": "Nhịp Cầu",
        "edition": make_edition(number_and_symbol="15/BC-BM"),
        "lead": ["Tổng hợp từ báo cáo của 2 trên 3 cơ quan."],
        "sections": [
            {
                "number": "I",
                "title": "Công tác chỉ đạo",
                "texts": [
                    {
                        "title": "Văn bản",
                        "paragraphs": [
                            [said("Đã ban hành 3 kế hoạch.", "Tỉnh Mẫu 01"), said("Nhìn chung tốt.")],
                            [said("Tổ chức tập huấn.", *[f"Tỉnh Mẫu {n:02}" for n in range(1, 10)])],
                        ],
                    }
                ],
                "figures": [],
                "tables": [],
            },
            {"number": "II", "title": "Kết quả", "texts": [], "figures": [figure], "tables": []},
        ],
        "compared": "Năm 2025",
        "cited": True,
        "method": ["Số liệu chốt đến ngày 30/11/2026."],
        "lists": [
            {"title": "Chưa có báo cáo", "columns": [{"label": "Cơ quan", "numeric": False}], "rows": [["Bộ Mẫu C"]]}
        ],
        "annexes": [
            {
                "title": "II. Kết quả",
                "heads": ["Cơ quan", "Số, ký hiệu"],
                "columns": ["Tin, bài", "Tin, bài: ước", "Tiếng Anh", "Tiếng Lào"],
                "rows": [
                    (["Tỉnh Mẫu 01", "1/BC-TM01"], ["10", "3", None, "10"]),
                    (["=cmd()", "2/BC-BM"], ["20.5", None, "20.5", None]),
                ],
                "totals": ["30.5", "3", "20.5", "10"],
            }
        ],
        "activities": [
            {
                "title": "Hoạt động",
                "columns": [{"label": "Cơ quan", "numeric": False}, {"label": "Lượt người", "numeric": True}],
                "rows": [["Tỉnh Mẫu 01", "1200"], ["Bộ Mẫu A", ""]],
            }
        ],
    }
    return plain | changes
