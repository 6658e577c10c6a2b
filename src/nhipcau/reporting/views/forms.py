"""Report forms: which there are, what they ask, and how the next version is written."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.access.rights import require
from nhipcau.documents.forms import Axis, FormError, editing
from nhipcau.reporting.domain import forms as domain
from nhipcau.reporting.forms.items import AxisForm, HeadForm, ItemForm, SectionForm, UploadForm, initial_of
from nhipcau.reporting.listings import FORMS
from nhipcau.reporting.models import FormState, FormVersion
from nhipcau.reporting.queries.forms import form_keepers, form_versions
from nhipcau.ui.listing import show
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.files import as_download

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms as django_forms

    from nhipcau.documents.forms import Form

#: A form that is larger was not written by hand.
MOST_BYTES = 1_000_000


@login_required
def forms(request: Any) -> HttpResponse:
    """The versions of report forms."""
    return show(request, FORMS)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_begin(request: Any) -> HttpResponse:
    """Begin a form: with the outline that comes with the program, or from a file."""
    keepers = form_keepers()
    office = (
        get_object_or_404(keepers, pk=_number(request.POST.get("office", ""))) if request.method == "POST" else None
    )
    upload = UploadForm(request.POST, request.FILES) if "upload" in request.POST else UploadForm()
    if office is not None:
        try:
            if "upload" not in request.POST:
                made = domain.load_outline(actor=request.user, organisation=office)
                return redirect("reporting:form_version", made.pk)
            if upload.is_valid():
                definition = _read(upload.cleaned_data["file"])
                made = domain.draft_form(actor=request.user, organisation=office, definition=definition)
                return redirect("reporting:form_version", made.pk)
        except WorkspaceError as error:
            upload.add_error(None, str(error)) if upload.is_bound else messages.error(request, str(error))
    context = {"keepers": list(keepers.order_by("pk")), "form": upload}
    return render(request, "reporting/form_begin.html", context)


@login_required
@require_safe
def form_version(request: Any, form_version_id: int) -> HttpResponse:
    """What a version of a form asks, part by part."""
    version = get_object_or_404(form_versions(), pk=form_version_id)
    context = {
        "version": version,
        "form": version.plain,
        "may_write": rules.has_perm("reporting.edit_form", request.user, version.form),
        "is_draft": version.state == FormState.DRAFT,
        "sample": version.form.sample,
    }
    return render(request, "reporting/form_version.html", context)


@login_required
@require_safe
def form_file(_request: Any, form_version_id: int) -> Any:
    """The definition of a version as JSON: to be kept, or given to another office."""
    version = get_object_or_404(form_versions(), pk=form_version_id)
    text = json.dumps(version.definition, ensure_ascii=False, indent=1).encode()
    return as_download(
        text, name=f"{version.form.key}-{version.number}", ending="json", content_type="application/json"
    )


@login_required
@require_POST
def form_step(request: Any, form_version_id: int, form_verb: str) -> HttpResponse:
    """Put a version into use, take it out of use, or begin the next one from it."""
    version = get_object_or_404(form_versions(), pk=form_version_id)
    try:
        match form_verb:
            case "dung":
                domain.publish_form(actor=request.user, version=version)
                messages.success(request, _("The form is in use: campaigns may ask by it."))
            case "thu-hoi":
                domain.withdraw_form(actor=request.user, version=version)
                messages.success(request, _("The form is out of use."))
            case "moi":
                office = version.form.organisation
                made = domain.draft_form(actor=request.user, organisation=office, definition=version.definition)
                return redirect("reporting:form_version", made.pk)
            case _:
                raise Http404
    except WorkspaceError as error:
        messages.error(request, str(error))
    return redirect("reporting:form_version", version.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_item(request: Any, form_version_id: int) -> HttpResponse:
    """Write an item: ``?section=part_1&item=items``; without ``item`` a new one, without ``section`` in the first."""
    version, plain = _draft(request, form_version_id)
    section, key = request.GET.get("section", plain.sections[0].key), request.GET.get("item", "")
    part = next((each for each in plain.sections if each.key == section), None)
    there = next((each for each in part.items if each.key == key), None) if part else None
    if part is None or (key and there is None):
        raise Http404
    form = ItemForm(request.POST or None, form=plain, initial=initial_of(there) if there else {"required": True})

    def changed() -> Form | None:
        item = form.item()
        return editing.put_item(plain, section, item, instead_of=key) if item else None

    title = there.label if there else _("A new item in part %(number)s") % {"number": part.number}
    return _edit(request, version, form, changed, title=title, anchor=section)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_section(request: Any, form_version_id: int) -> HttpResponse:
    """Write a part: ``?section=part_1``; without it a new one."""
    version, plain = _draft(request, form_version_id)
    key = request.GET.get("section", "")
    part = next((each for each in plain.sections if each.key == key), None)
    if key and part is None:
        raise Http404
    names = ("key", "number", "title", "guidance")
    form = SectionForm(request.POST or None, initial={name: getattr(part, name) for name in names} if part else {})

    def changed() -> Form:
        return editing.put_section(plain, form.section(), instead_of=key)

    return _edit(request, version, form, changed, title=part.title if part else _("A new part"), anchor=key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_head(request: Any, form_version_id: int) -> HttpResponse:
    """Title, basis and rules of a form."""
    version, plain = _draft(request, form_version_id)
    initial = {"title": plain.title, "basis": plain.basis, "rules": editing.write_rules(plain.rules)}
    form = HeadForm(request.POST or None, initial=initial)

    def changed() -> Form | None:
        try:
            found = editing.read_rules(form.cleaned_data["rules"])
        except FormError as error:
            form.add_error("rules", error.sentence.told(_))
            return None
        return replace(plain, title=form.cleaned_data["title"], basis=form.cleaned_data["basis"], rules=found)

    return _edit(request, version, form, changed, title=_("Title, basis, rules"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def form_axis(request: Any, form_version_id: int) -> HttpResponse:
    """Write what figures are broken down by: ``?axis=language``; without it a new one."""
    version, plain = _draft(request, form_version_id)
    key = request.GET.get("axis", "")
    axis = plain.axis.get(key)
    if key and axis is None:
        raise Http404
    initial = {"key": axis.key, "label": axis.label, "choices": editing.write_choices(axis)} if axis else {}
    form = AxisForm(request.POST or None, initial=initial)

    def changed() -> Form | None:
        try:
            choices = editing.read_choices(form.cleaned_data["choices"])
        except FormError as error:
            form.add_error("choices", error.sentence.told(_))
            return None
        made = Axis(key=form.cleaned_data["key"], label=form.cleaned_data["label"], choices=choices)
        axes = tuple(made if each.key == key else each for each in plain.axes) if axis else (*plain.axes, made)
        return replace(plain, axes=axes)

    return _edit(request, version, form, changed, title=axis.label if axis else _("A new breakdown"))


@login_required
@require_POST
def form_move(request: Any, form_version_id: int) -> HttpResponse:
    """Move an item up or down in its part, take it out, or take a part out."""
    version, plain = _draft(request, form_version_id)
    section, key, do = (request.POST.get(name, "") for name in ("section", "item", "do"))
    try:
        match do:
            case "up" | "down":
                changed = editing.move_item(plain, section, key, -1 if do == "up" else 1)
            case "drop":
                changed = editing.drop_item(plain, section, key)
            case "drop_section":
                changed = editing.drop_section(plain, section)
            case _:
                raise Http404
        _store(request, version, changed)
    except KeyError:
        raise Http404 from None
    except WorkspaceError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('reporting:form_version', args=[version.pk])}#{section}")


def _draft(request: Any, form_version_id: int) -> tuple[FormVersion, Form]:
    version = get_object_or_404(form_versions().filter(state=FormState.DRAFT), pk=form_version_id)
    require("reporting.edit_form", request.user, version.form)
    return version, version.plain


def _store(request: Any, version: FormVersion, changed: Form) -> None:
    """Store a form; who had opened an older one than is stored now is refused."""
    seen = parse_datetime(request.POST.get("seen", "")) or version.changed_at
    domain.edit_form(actor=request.user, version=version, definition=changed.to_plain(), seen=seen)


def _edit(
    request: Any,
    version: FormVersion,
    form: django_forms.Form,
    changed: Callable[[], Form | None],
    *,
    title: str,
    anchor: str = "",
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        made = changed()
        if made is not None:
            try:
                _store(request, version, made)
            except WorkspaceError as error:
                form.add_error(None, str(error))
            else:
                return redirect(f"{reverse('reporting:form_version', args=[version.pk])}#{anchor}")
    seen = request.POST.get("seen") or version.changed_at.isoformat()
    context = {"version": version, "form": form, "title": title, "seen": seen, "sample": version.form.sample}
    return render(request, "reporting/form_edit.html", context)


def _read(file: Any) -> dict[str, Any]:
    """The JSON object in a file.

    Raises:
        WorkspaceError: it is too large, or no JSON object.
    """
    if file.size > MOST_BYTES:
        raise WorkspaceError(_("The file is larger than a form can be."))
    try:
        found = json.loads(file.read().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise WorkspaceError(_("The file holds no JSON: take one that was saved from a form here.")) from error
    if not isinstance(found, dict):
        raise WorkspaceError(_("The file holds no JSON: take one that was saved from a form here."))
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - of a key
