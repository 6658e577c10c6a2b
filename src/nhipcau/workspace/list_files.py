"""Files of a list, as a tool above every list that may leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext

from nhipcau.accounts.reauthentication import ask_again, proved_recently
from nhipcau.documents.sentences import FileRefusedError
from nhipcau.ui.listing import Plug
from nhipcau.workspace.domain.exports import KINDS, export_list
from nhipcau.workspace.domain.imports import told
from nhipcau.workspace.files import CSV, XLSX, as_download, is_demonstration

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from nhipcau.ui.listing import Shown

#: What the address says where the list is wanted as a file.
EXPORT = "export"


def tool(shown: Shown) -> str:
    """Links to the files of this list as it is shown."""
    if not shown.listing.export or not shown.request.user.is_authenticated:
        return ""
    rest = shown.address_without(EXPORT, "page")
    context = {"rest": f"{rest}&" if rest else "", "fitting": shown.number, "everything": not shown.is_narrowed}
    return render_to_string("workspace/list_files.html", context)


def answer(shown: Shown) -> HttpResponseBase | None:
    """The file, where one is asked for; everything without a filter only after a fresh proof of who asks."""
    request, kind = shown.request, shown.request.GET.get(EXPORT, "")
    if request.method != "GET" or kind not in KINDS or not shown.listing.export:
        return None
    if not shown.is_narrowed and not proved_recently(request):
        return ask_again(request)
    try:
        file = export_list(actor=request.user, shown=shown, kind=kind)  # type: ignore[arg-type]
    except FileRefusedError as refused:
        messages.error(request, told(refused.sentence))
        return HttpResponseRedirect(f"?{shown.address_without(EXPORT)}")
    name = str(shown.listing.title)
    if shown.sample or is_demonstration():
        name = f"{name} {gettext('sample data')}"
    return as_download(file, name=name, ending=kind, content_type=XLSX if kind == "xlsx" else CSV, dated=True)


PLUG = Plug(name="workspace.files", order=80, tool=tool, answer=answer)  # type: ignore[arg-type]
