"""Lists: columns, filters and order are declared once per list; one function shows every list.

A room declares its lists in ``listings.py`` (see ``nhipcau/press/listings.py``) and shows one with
``show(request, OUTLETS)``. Filters, order, columns, pages, saved views, files and work on many rows come with it.
"""

from nhipcau.ui.listing.declared import Bulk, Column, Effect, Empty, Listing, Order, listing, listings, register
from nhipcau.ui.listing.narrowing import FormFilter
from nhipcau.ui.listing.plugs import Plug, plug
from nhipcau.ui.listing.screen import show
from nhipcau.ui.listing.shown import Shown

__all__ = [
    "Bulk",
    "Column",
    "Effect",
    "Empty",
    "FormFilter",
    "Listing",
    "Order",
    "Plug",
    "Shown",
    "listing",
    "listings",
    "plug",
    "register",
    "show",
]
