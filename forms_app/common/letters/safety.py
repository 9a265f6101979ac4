"""What a Word template must not carry: macros, outside references, traces of editing, hidden text."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from intranet.papers.faults import TemplateFault
from intranet.papers.package import ALLOWED, Parts, R, parse
from intranet.papers.pictures import strip_picture

from .fill import tag

_MACRO = re.compile(r"vbaProject|vbaData|macros?/|\.bin$", re.IGNORECASE)
_OBJECT = re.compile(r"word/(embeddings|activeX|afchunk|fonts|charts|diagrams)", re.IGNORECASE)
MAX_PARAGRAPHS, MAX_PLACEHOLDERS = 2_000, 300
FIELDS = frozenset({"PAGE", "NUMPAGES"})
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "sectPrChange")
_CHECKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        _TRACKED,
        gettext_noop(
            "The template holds tracked changes. Accept or reject them in Word, then save it again."
        ),
    ),
    (
        ("commentReference", "commentRangeStart"),
        gettext_noop("The template holds comments. Delete them in Word, then save it again."),
    ),
    (
        ("footnoteReference", "endnoteReference"),
        gettext_noop("The template holds footnotes or endnotes, which a letter does not have."),
    ),
    (
        ("txbxContent",),
        gettext_noop("The template holds a text box. Write its text as an ordinary paragraph or table."),
    ),
    (
        ("object", "altChunk", "control", "pict", "subDoc"),
        gettext_noop("The template holds an embedded object. Remove it in Word."),
    ),
)
MACROS = gettext_noop("The file holds macros. Save it in Word as a document without macros (.docx).")
OUTSIDE = gettext_noop(
    "The file refers to something outside itself (%(what)s). Remove the link, linked picture or attached template."
)
HIDDEN = gettext_noop("The template holds hidden text. Show it in Word (Font, Hidden) and remove it.")


def _scanned(parts: Parts) -> list[str]:
    return [
        name
        for name in parts
        if re.fullmatch(r"word/(document|header\d+|footer\d+|styles|numbering)\.xml", name)
    ]


def _readable(name: str, data: bytes) -> bool:
    try:
        return bool(strip_picture(name, data))
    except ValueError:
        return False


def unsafe(parts: Parts) -> list[str]:
    """Sentences for everything that makes the file unusable, empty when it is safe."""
    problems = []
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any(_MACRO.search(name) for name in parts):
        problems.append(_(MACROS))
    if any(_OBJECT.match(name) for name in parts):
        problems.append(
            _("The file holds embedded objects or fonts. Remove them in Word, then save it again.")
        )
    if any(name.startswith("word/media/") and not ALLOWED.fullmatch(name) for name in parts):
        problems.append(
            _("The file holds a picture that is neither PNG nor JPEG. Insert it as one of these.")
        )
    for name, data in parts.items():
        if name.startswith("word/media/") and ALLOWED.fullmatch(name) and not _readable(name, data):
            problems.append(_("A picture in the file is damaged. Insert it again as PNG or JPEG."))
    if (
        sum(parts[name].count(b"<w:p ") + parts[name].count(b"<w:p>") for name in _scanned(parts))
        > MAX_PARAGRAPHS
    ):
        problems.append(_("The template is far longer than a letter."))
    elif any(parts[name].count(b"{{") > MAX_PLACEHOLDERS for name in _scanned(parts)):
        problems.append(_("The template has far more placeholders than a letter."))
    for name, data in sorted(parts.items()):
        if not name.endswith(".rels"):
            continue
        for relation in parse(data):
            if relation.get("TargetMode") == "External":
                problems.append(_(OUTSIDE) % {"what": relation.get("Type", "").rsplit("/", 1)[-1] or "link"})
    for name in _scanned(parts):
        problems += _marks(name, parts)
    return list(dict.fromkeys(problems))


def _marks(name: str, parts: Parts) -> list[str]:
    root = parse(parts[name])
    problems = [
        _(text) for tags, text in _CHECKS if any(root.find(f".//{tag(item)}") is not None for item in tags)
    ]
    for mark in root.iter(tag("vanish"), tag("specVanish"), tag("webHidden")):
        if mark.get(tag("val")) not in ("0", "false", "off"):
            problems.append(_(HIDDEN))
    codes = [node.text or "" for node in root.iter(tag("instrText"))]
    codes += [node.get(tag("instr"), "") for node in root.iter(tag("fldSimple"))]
    for code in codes:
        word = code.split()[0].upper() if code.split() else ""
        if word and word not in FIELDS:
            problems.append(
                _("The template holds a field that is not allowed (%(field)s). Only page numbers are.")
                % {"field": word}
            )
    for blip in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
        if blip.get(f"{{{R}}}link"):
            problems.append(_(OUTSIDE) % {"what": "picture"})
    return problems


def refuse_unsafe(parts: Parts) -> None:
    """Raises TemplateFault with every reason why the file cannot be a template."""
    problems = unsafe(parts)
    if "word/styles.xml" not in parts:
        problems.append(_("The file has no styles. Start from the template that the system gives you."))
    if problems:
        raise TemplateFault(problems)
