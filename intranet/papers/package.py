"""A Word file as a bag of parts: read with limits, kept to an allow-list, written the same way every time.

Generated files leak through what a tool leaves behind (author, thumbnail, custom XML, revision ids). Here
only the parts of `ALLOWED` survive, the list of types, the settings and the properties are written anew,
and the archive carries no clock: fixed date, sorted names, one compression level.
"""

import io
import posixpath
import re
import zipfile
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from lxml import etree

from .faults import TemplateFault
from .pictures import strip_picture

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"

ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|"
    r"word/(document|styles|numbering|settings|fontTable)\.xml|word/(header|footer)\d+\.xml|"
    r"word/theme/theme\d+\.xml|word/_rels/(document|(header|footer)\d+)\.xml\.rels|word/media/[\w.-]+\.(png|jpe?g)"
)
MAX_FILE, MAX_UNPACKED, MAX_PARTS = 2_000_000, 12_000_000, 150
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_CONTENT = {
    "document": f"{WML}.document.main+xml",
    "styles": f"{WML}.styles+xml",
    "numbering": f"{WML}.numbering+xml",
    "settings": f"{WML}.settings+xml",
    "fontTable": f"{WML}.fontTable+xml",
    "header": f"{WML}.header+xml",
    "footer": f"{WML}.footer+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
}
_LEVEL = 6
SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat></w:settings>"
).encode()

Parts = dict[str, bytes]


def parse(data: bytes) -> Any:
    """Parse XML that came from outside: no entities, no network, no document type."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise TemplateFault(
            [_("The file declares a document type, which Word never does. Save it again in Word.")]
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateFault(
            [_("A part of the file is damaged. Open it in Word and save it again.")]
        ) from error


def serialize(root: Any) -> bytes:
    """The bytes of an XML part."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def read_package(data: bytes) -> Parts:
    """Every part of a Word file. Raises TemplateFault when it is too large or no Word file at all."""
    if len(data) > MAX_FILE:
        raise TemplateFault([_("The file is larger than 2 MB. Remove large pictures and save it again.")])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise TemplateFault([_("The file unpacks to more than a letter can need.")])
            parts: Parts = {}
            for entry in entries:
                if entry.is_dir():
                    continue
                if entry.filename in parts or entry.flag_bits & 1:
                    raise TemplateFault([_("The file is not a plain Word document (.docx).")])
                with archive.open(entry) as handle:
                    body = handle.read(MAX_UNPACKED + 1)
                if len(body) != entry.file_size:
                    raise TemplateFault([_("The file is damaged. Open it in Word and save it again.")])
                parts[entry.filename] = body
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise TemplateFault([_("The file is not a Word document (.docx).")]) from error
    except Exception as error:
        if isinstance(error, TemplateFault):
            raise
        raise TemplateFault([_("The file is damaged. Open it in Word and save it again.")]) from error
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise TemplateFault([_("The file is not a Word document (.docx).")])
    return parts


def write_package(parts: Parts) -> bytes:
    """The archive: sorted names, one fixed date, one compression level. Same parts, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name in sorted(parts):
            info = zipfile.ZipInfo(name, _FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            archive.writestr(info, parts[name], compresslevel=_LEVEL)
    return buffer.getvalue()


def core_properties(*, title: str, author: str, day: date, language: str) -> bytes:
    """The only properties a letter has: no person, no organization that gave data, no tool, no wall clock."""
    stamp = f"{day.isoformat()}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    ).encode()


def _content_types(names: list[str]) -> bytes:
    rows = [
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    ]
    suffixes = {posixpath.splitext(name)[1].lower() for name in names if name.startswith("word/media/")}
    for suffix in sorted(suffixes):
        kind = "png" if suffix == ".png" else "jpeg"
        rows.append(f'<Default Extension="{suffix[1:]}" ContentType="image/{kind}"/>')
    rows.append('<Default Extension="xml" ContentType="application/xml"/>')
    for name in names:
        stem = re.sub(r"\d+$", "", posixpath.splitext(posixpath.basename(name))[0])
        if name == "docProps/core.xml":
            rows.append(f'<Override PartName="/{name}" ContentType="{CORE}"/>')
        elif name.startswith("word/") and name.endswith(".xml"):
            rows.append(f'<Override PartName="/{name}" ContentType="{_CONTENT[stem]}"/>')
    body = "".join(rows)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="{TYPES}">{body}</Types>'.encode()


def _package_rels() -> bytes:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{RELS}">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/></Relationships>'
    ).encode()


def target_of(rels_name: str, target: str) -> str:
    """The part that a relationship of `rels_name` points to."""
    if target.startswith("/"):
        return target[1:]
    folder = posixpath.dirname(posixpath.dirname(rels_name))
    return posixpath.normpath(posixpath.join(folder, target))


def _prune_rels(name: str, data: bytes, kept: set[str]) -> bytes:
    root = parse(data)
    for relation in list(root):
        outside = relation.get("TargetMode") == "External"
        if outside or target_of(name, relation.get("Target", "")) not in kept:
            root.remove(relation)
    return serialize(root)


_WASTE = re.compile(rb"rsid|paraId|proofErr|bookmark|lastRendered|dataBinding")


def _scrub(root: Any) -> None:
    """Take out what Word leaves of the editing: revision ids, proofing marks, bookmarks."""
    waste = {
        f"{{{W}}}{tag}"
        for tag in ("proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "rsid")
    }
    for element in list(root.iter(etree.Element)):
        if element.tag in waste:
            element.getparent().remove(element)
            continue
        for key in list(element.attrib):
            local = etree.QName(key).localname
            if local.startswith("rsid") or local in ("paraId", "textId"):
                del element.attrib[key]


def tidy(parts: Parts, core: bytes) -> Parts:
    """Only what a letter needs: allowed parts, our settings, our properties, no trace of who edited what."""
    kept = {name: data for name, data in parts.items() if ALLOWED.fullmatch(name)}
    kept["word/settings.xml"] = SETTINGS
    kept["docProps/core.xml"] = core
    kept["_rels/.rels"] = _package_rels()
    names = set(kept)
    for name in list(kept):
        if name.startswith("word/media/"):
            kept[name] = strip_picture(name, kept[name])
        elif name.endswith(".rels") and name != "_rels/.rels":
            kept[name] = _prune_rels(name, kept[name], names)
        elif name.startswith("word/") and name.endswith(".xml") and _WASTE.search(kept[name]):
            root = parse(kept[name])
            _scrub(root)
            kept[name] = serialize(root)
    kept["[Content_Types].xml"] = _content_types(sorted(kept))
    return kept
