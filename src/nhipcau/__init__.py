"""Nhịp Cầu: external-information work as one measured loop."""

__version__ = "0.1.0"
