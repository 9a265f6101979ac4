"""Context in, Word file out. Same context and template, same bytes; checked before it is handed over."""

from functools import lru_cache
from typing import Any

from intranet.papers.faults import LetterFault
from intranet.papers.package import (
    Parts,
    R,
    core_properties,
    parse,
    read_package,
    serialize,
    target_of,
    tidy,
    write_package,
)
from intranet.papers.qr import qr_png

from .blocks import put_caveats, put_items, put_tables
from .build_templates import FOLDER, template_name
from .caveat_columns import put_translation
from .context import LetterContext, OfficeMemo
from .fill import Filler, rtl_styles
from .safety import refuse_unsafe
from .values import code_text, day_of, number_of, scope_of
from .verify import check_facts, verify

CODE_PART = "word/media/letter-code.png"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
TITLES = {
    "release": {"en": "Letter {}", "ar": "رسالة {}"},
    "own_data": {"en": "Note {}", "ar": "مذكرة {}"},
    "memo": {"en": "Memo on request {}", "ar": "مذكرة بشأن الطلب {}"},
}
CODE_ALT = {
    "en": "Square code: number, date and full fingerprint of the data set",
    "ar": "رمز مربع: الرقم والتاريخ والبصمة الكاملة لمجموعة البيانات",
}


@lru_cache(maxsize=8)
def built_in(kind: str, language: str) -> bytes:
    """The template that comes with the product."""
    return (FOLDER / template_name(kind, language)).read_bytes()


@lru_cache(maxsize=16)
def _opened(template: bytes) -> tuple[tuple[str, bytes], ...]:
    parts = read_package(template)
    refuse_unsafe(parts)
    return tuple(parts.items())


def file_name(context: LetterContext) -> str:
    """A file name without any organization or figure in it."""
    safe = "".join(char if char.isalnum() or char in "-." else "-" for char in number_of(context))
    return f"memo-{safe}.docx" if isinstance(context, OfficeMemo) else f"{safe}.docx"


def author_of(context: LetterContext) -> str:
    """The author in the properties: network and office as the settings name them, no person."""
    head = context.letterhead
    return head.network_en if context.kind == "own_data" else f"{head.network_en}, {head.office_en}"


def _place_code(name: str, root: Any, parts: Parts, alt: str) -> None:
    """Point the picture whose alternative text is {{qr}} to this letter's code."""
    for frame in root.iter(_DOC_PR):
        if "{{qr}}" not in (frame.get("descr") or ""):
            continue
        frame.set("descr", alt)
        rels_name = name.replace("word/", "word/_rels/") + ".rels"
        relations = parse(parts[rels_name])
        for blip in frame.getparent().iter(_BLIP):
            for relation in relations:
                if relation.get("Id") == blip.get(f"{{{R}}}embed"):
                    relation.set("Target", "media/letter-code.png")
        parts[rels_name] = serialize(relations)


def _drop_orphans(parts: Parts) -> Parts:
    """Leave out pictures that nothing points to any more."""
    used = set()
    for name, data in parts.items():
        if name.endswith(".rels"):
            used |= {target_of(name, relation.get("Target", "")) for relation in parse(data)}
    return {name: data for name, data in parts.items() if not name.startswith("word/media/") or name in used}


def render(
    context: LetterContext, template: bytes | None = None, forbidden_names: tuple[str, ...] = ()
) -> bytes:
    """The Word file of a letter, verified.

    `template`: the office's replacement, else the built-in one. `forbidden_names`: the signatories' names and
    short names, none of which may stand anywhere in the file (§7B.5).
    Raises LetterFault when a fact or a caveat is missing, altered or names somebody; TemplateFault when the
    template cannot be used.
    """
    check_facts(context)
    parts: Parts = dict(
        _opened(template if template is not None else built_in(context.kind, context.language))
    )
    styles = rtl_styles(parse(parts["word/styles.xml"]))
    scope = scope_of(context)
    for name in [name for name in parts if name.startswith(("word/document", "word/header", "word/footer"))]:
        if not name.endswith(".xml"):
            continue
        root = parse(parts[name])
        filler = Filler(root, scope, styles)
        if name == "word/document.xml":
            if isinstance(context, OfficeMemo):
                put_items(filler, context.items)
            else:
                put_tables(filler, context.tables)
                put_caveats(filler, context.caveats)
                if context.caveats.translation and context.language == "ar":
                    put_translation(filler, context.caveats)
        filler.fill(root)
        _place_code(name, root, parts, CODE_ALT[context.language])
        parts[name] = serialize(root)
    parts[CODE_PART] = qr_png(code_text(context))
    core = core_properties(
        title=TITLES[context.kind][context.language].format(number_of(context)),
        author=author_of(context),
        day=day_of(context),
        language="ar-IQ" if context.language == "ar" else "en-GB",
    )
    data = write_package(tidy(_drop_orphans(parts), core))
    verify(data, context, forbidden_names)
    return data


__all__ = ["LetterFault", "file_name", "render"]
