"""What an office may change about the paper of its digests: the kind of template that the studio offers."""

from __future__ import annotations

import io

from django.utils.translation import gettext, gettext_lazy

from nhipcau.documents.studio.kinds import TemplateKind, register

#: Its name in tables and addresses.
NAME = "digest"


def register_digest_template() -> None:
    """Offer it in the studio."""
    from nhipcau.documents.digest.template import fields, starter

    register(
        TemplateKind(
            name=NAME,
            title=gettext_lazy("Press digest"),
            fields=fields(gettext_lazy),
            starter=starter,
            trial=try_with_sample,
        )
    )


def try_with_sample(template: bytes) -> bytes:
    """A digest of sample data in this template.

    Raises:
        FileRefusedError: what is wrong with the template.
    """
    from nhipcau.documents.digest.sample import sample_digest
    from nhipcau.documents.digest.shape import read_digest
    from nhipcau.documents.digest.template import write_by_template

    out = io.BytesIO()
    write_by_template(read_digest(sample_digest()), template, out, gettext)
    return out.getvalue()
