"""The sample newsroom of the demonstration: outlets that do not exist, served over HTTP on loopback.

Every outlet, name, event and figure in ``outlets/*.toml`` is invented, and every page says ``DỮ LIỆU MẪU``.
"""

from nhipcau.config.newsroom.content import Item, SampleOutlet, load_outlets
from nhipcau.config.newsroom.server import Newsroom

__all__ = ["Item", "Newsroom", "SampleOutlet", "load_outlets"]
