"""Fills one template in a process of its own: ``python -m nhipcau.documents.studio.filling FOLDER``.

The folder holds ``template.docx`` and ``values.json``; ``filled.docx`` is written into it. Prints one line of JSON:
what is wrong with the template, or nothing. Time, memory and size are limited: no loop in a template holds the desk.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhipcau.documents.inspecting import MEMORY, run_apart
from nhipcau.documents.sentences import FileRefusedError, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Seconds of work; bytes that may be written.
CPU_SECONDS = 20
MOST_WRITTEN = 64 * 2**20
#: A paragraph that holds one of these becomes the whole content, or what is annexed to it.
CONTENT, ANNEXES = "\u2063noi-dung\u2063", "\u2063phu-luc\u2063"

TOO_HEAVY = Sentence("The template takes too long or too much memory to be filled in: a loop in it may have no end.")
UNKNOWN = Sentence("The template names a field that there is not: {name}. The list of fields shows them all.", name="")
WRONG = Sentence("The fields of the template are not written rightly: {why}.", why="")
FORBIDDEN = Sentence("The template does something that fields may not do: {why}.", why="")


def fill(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The template with its fields filled in.

    Args:
        template: checked before (:func:`nhipcau.documents.studio.checking.check_template`).
        values: ``fields`` by name; ``content``, ``notes`` and ``addresses`` of the content as
            :mod:`nhipcau.documents.digest.word_body` draws it; ``marks`` that must stand in the document.

    Raises:
        FileRefusedError: with what is wrong with the template.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "template.docx").write_bytes(template)
        (folder / "values.json").write_text(json.dumps(values), "utf-8")
        answer = run_apart([sys.executable, "-m", "nhipcau.documents.studio.filling", name])
        if answer is None:
            raise FileRefusedError(TOO_HEAVY)
        fault = json.loads(answer)
        if fault:
            said = fault["template"]
            raise FileRefusedError(Sentence(said, **fault["values"]))
        return (folder / "filled.docx").read_bytes()


def main() -> int:
    """One template, one line."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    folder = Path(sys.argv[1])
    values = json.loads((folder / "values.json").read_text("utf-8"))
    fault = _filled(folder, values)
    said = {} if fault is None else {"template": fault.template, "values": dict(fault.values)}
    sys.stdout.write(json.dumps(said))
    return 0


def _filled(folder: Path, values: dict[str, Any]) -> Sentence | None:
    """Fill it; what is wrong, where something is."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from nhipcau.documents.studio.content import put_content

    class Named(StrictUndefined):
        """Knows by which name it was asked for."""

        def _fail_with_undefined_error(self, *_args: object, **_kwargs: object) -> Any:
            raise UndefinedError(self._undefined_name)

        __str__ = __iter__ = __len__ = __bool__ = __eq__ = __ne__ = __hash__ = _fail_with_undefined_error

    template = DocxTemplate(folder / "template.docx")
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=Named)
    try:
        template.render({**values["fields"], "noi_dung": CONTENT, "phu_luc": ANNEXES}, environment)
    except UndefinedError as error:
        return Sentence(UNKNOWN.template, name=str(error)[:80])
    except SecurityError as error:
        return Sentence(FORBIDDEN.template, why=str(error)[:200])
    except TemplateSyntaxError as error:
        return Sentence(WRONG.template, why=str(error.message)[:200])
    except (TemplateError, TypeError, ValueError, OverflowError, AttributeError) as error:
        return Sentence(WRONG.template, why=str(error)[:200])
    put_content(template.docx, values)
    template.docx.save(str(folder / "filled.docx"))
    return None


if __name__ == "__main__":
    sys.exit(main())
