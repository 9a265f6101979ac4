"""The text of files for search: PDF by poppler's pdftotext in a child process with limits, Word by its own XML.

A file that cannot be read leaves a sentence for its editors and no text; nothing a stranger made is parsed
in this process but XML that ``check_office`` has bounded (U1-U4).
"""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from intranet.files.office import check_office
from intranet.files.store import FileRefused

LARGEST = 20 * 1024 * 1024  # bytes of a file that is read
MOST_TEXT = 2_000_000  # letters that are kept
WAIT = 60  # seconds of the clock; the child has ten of processor time
_READER = Path(__file__).with_name("text_reader.py")
_TEXT_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_BREAK = re.compile(r"</w:p>|<w:(?:br|tab|cr)\b[^>]*>")
_RUN = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|(\n)")


class Unreadable(Exception):
    """The sentence says why a file has no text."""


def text_of(document: Any) -> str:
    """The text of a Wagtail document, read once for each state of its file; empty where it has none."""
    from .search_models import DocumentText

    kept = DocumentText.objects.filter(document=document).first()
    mark = document.get_file_hash()
    if kept is not None and kept.file_hash == mark:
        return kept.text
    text, trouble = "", ""
    try:
        with document.open_file() as handle:
            content = handle.read(LARGEST + 1)
        text = read(document.filename, content)
    except Unreadable as unreadable:
        trouble = str(unreadable)
    except OSError:
        trouble = _("The stored file is missing.")
    DocumentText.objects.update_or_create(
        document=document, defaults={"file_hash": mark, "text": text, "trouble": trouble[:200]}
    )
    return text


def read(name: str, content: bytes) -> str:
    """The text of a file by the ending of its name. Raises Unreadable; other kinds of files have no text."""
    ending = name.rpartition(".")[2].lower()
    if len(content) > LARGEST:
        raise Unreadable(_("The file is too large to be searched."))
    if ending == "pdf":
        return _pdf(content)
    if ending == "docx":
        return _word(content)
    if ending in {"txt", "csv"}:
        return content.decode("utf-8", errors="replace").replace("\0", "")[:MOST_TEXT]
    return ""


def _pdf(content: bytes) -> str:
    if shutil.which("pdftotext") is None:
        raise Unreadable(_("PDF files are not searched here: the server lacks poppler-utils."))
    try:
        done = subprocess.run(  # noqa: S603 (our own program, our own interpreter)
            [sys.executable, "-I", str(_READER)],
            input=content,
            capture_output=True,
            timeout=WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable(_("The PDF takes too long to be read.")) from late
    if done.returncode != 0:
        raise Unreadable(_("The PDF is damaged, has a password or is too large to be read."))
    text = done.stdout.decode("utf-8", errors="replace").replace("\0", "")[:MOST_TEXT]
    if not text.strip():
        raise Unreadable(_("The PDF is a picture of a text. Scan it with text recognition."))
    return text


def _word(content: bytes) -> str:
    try:
        check_office(content)
    except FileRefused as refused:
        raise Unreadable(str(refused)) from refused
    told = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.namelist():
            if _TEXT_PARTS.fullmatch(part):
                xml = _BREAK.sub("\n", package.read(part).decode("utf-8", errors="replace"))
                told.append("".join(run or line for run, line in _RUN.findall(xml)))
    return html.unescape("\n".join(told)).replace("\0", "")[:MOST_TEXT]
