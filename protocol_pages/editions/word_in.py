"""Word files from outside, read in a process of their own with limits (security.md 5.5), and what is said of them.

The site's process never opens the file: it hands the bytes to ``wordfile.child`` and gets blocks back.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from .wordfile.document import Document, Proposal, Remark, from_json

LARGEST = 10 * 1024 * 1024  # bytes
WAIT = 60  # seconds of the clock: the child has two of processor time, on a machine that may be busy
_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from protocol_pages.editions.wordfile.child import main; sys.exit(main(sys.argv[2]))"
)

SENTENCES: dict[str, StrOrPromise] = {
    "empty": _("File: it is empty. Choose the file again."),
    "large": _("File: it is larger than 10 MB. Take large pictures out and save it again."),
    "name": _("File: send a Word document (.docx)."),
    "macros": _("File: it holds macros or controls. Save it as Word document (.docx) without them."),
    "template": _("File: it is a Word template. Save it as Word document (.docx)."),
    "old": _("File: it is an old Word file (.doc). Open it in Word and save it as .docx."),
    "protected": _("File: it has a password. Take the password off, save it and send it again."),
    "pdf": _("File: it is a PDF. Send the Word document (.docx) that it was made from."),
    "rtf": _("File: it is a rich text file (.rtf). Open it in Word and save it as .docx."),
    "odt": _("File: it is an OpenDocument file (.odt). Save it as Word document (.docx)."),
    "other_office": _("File: it is an Excel or PowerPoint file. Send a Word document (.docx)."),
    "not_word": _("File: its content is not a Word document, whatever its name says. Send a .docx."),
    "strict": _("File: it is saved as Strict Open XML. Save it as plain Word document (.docx)."),
    "polyglot": _(
        "File: something else is hidden before, in or behind it. Open it in Word and save it again."
    ),
    "damaged": _("File: it is damaged or no Word document. Open it in Word and save it again."),
    "declares": _(
        "File: it holds a document type declaration, which Word never writes. Save it again in Word."
    ),
    "unpacks": _("File: it unpacks to far more than a protocol can need. Copy the text into a new document."),
    "long": _("File: its text is far longer than a protocol. Send the protocol alone."),
    "embedded": _("File: it holds embedded objects or other files. Take them out and save it again."),
    "elsewhere": _(
        "File: it loads something from another address or template. Take that out and save it again."
    ),
    "link": _(
        "File: it holds a link that is no web or mail address (%(detail)s). Take the link out and save it again."
    ),
    "field": _(
        "File: it holds a field that runs or loads something (%(detail)s). Take the field out and save it again."
    ),
    "part": _(
        "File: it holds a part that a text does not need (%(detail)s). Copy the text into a new document."
    ),
    "busy": _("File: it could not be read in time, the server is busy. Send it again in a few minutes."),
    "no_text": _("File: no text was found in it. Pictures of text can not be read; send the text itself."),
}

GUESSES: dict[str, StrOrPromise] = {
    "title": _("Taken as the title."),
    "letterhead": _("Taken as letterhead, because it stands before the title."),
    "heading_look": _("Taken as a heading, because of how it looks."),
    "heading_short": _("Taken as a heading, because it is short and carries the next number."),
    "numbered_paragraph": _("Number %(detail)s goes on from the headings: taken as a section of its own."),
    "typed_number": _("The number %(detail)s was typed, not counted by Word."),
    "typed_note": _("Taken as a footnote: it was typed as a paragraph."),
    "joined": _("Paragraphs that a page or line end had broken were joined."),
    "quote": _("Taken as a quotation."),
    "endorsement": _("Taken as the line of endorsement."),
    "table": _("Taken as a table of %(detail)s columns."),
    "kind_changed": _("Its style was changed, so it is another kind of block now."),
    "long_number": _("The number “%(detail)s” is too long for a number and stays in the text."),
    "endnote": _("It was an endnote."),
    "note_mark": _("The note was marked “%(detail)s”; it has a number now."),
    "matched": _("Known again by its words: “%(detail)s” of the latest edition."),
    "matched_note": _("Takes the place of the footnote with its number in the latest edition."),
}

LOSSES: dict[str, StrOrPromise] = {
    "picture": _("Pictures and drawings: %(detail)s"),
    "box": _("Text boxes, whose text was taken in after their paragraph: %(detail)s"),
    "equation": _("Equations, whose signs were taken as plain text: %(detail)s"),
    "hidden": _("Hidden texts, left out: %(detail)s"),
    "struck": _("Words struck through by hand, taken as plain text: %(detail)s"),
    "contents": _("Lines of a table of contents, left out: %(detail)s"),
    "header": _("Heads of pages: %(detail)s"),
    "footer": _("Feet of pages: %(detail)s"),
    "format_change": _(
        "Tracked changes of formatting alone: %(detail)s. "
        "The words are as they are; how they looked before is not kept."
    ),
    "look": _(
        "Bold, italic or links of a text whose signs could be read as formatting: taken as plain text."
    ),
    "cell_look": _("Bold, italic or links in the cells of a table: taken as plain text."),
    "merged": _("Merged cells of a table stand apart."),
    "nested": _("A table inside a table was taken as text of its cell."),
}


class FileRefused(ValueError):
    """The file may not or can not be read; the message is a sentence for the person who sent it."""


def read(name: str, content: bytes, language: str = "en") -> Document:
    """What a Word file says, read in a limited process. ``language``: "en", "ar", "ckb". Raises FileRefused."""
    _check_name(name, content)
    try:
        done = subprocess.run(  # noqa: S603 (our own program, our own interpreter)
            [sys.executable, "-I", "-c", _START, str(_ROOT), language],
            input=content,
            capture_output=True,
            timeout=WAIT,
            check=False,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as trouble:
        raise refused("busy") from trouble
    if done.returncode == 2 and done.stdout:
        refusal = json.loads(done.stdout)
        raise refused(refusal["code"], refusal["detail"])
    if done.returncode == 4:
        raise refused("damaged")
    if done.returncode != 0:
        raise refused("unpacks")
    return from_json(json.loads(done.stdout))


def proposals(document: Document) -> list[Proposal]:
    """What a marked-up copy proposes, by block and author, in the order of the text (§8)."""
    return list(document.proposals)


def refused(code: str, detail: str = "") -> FileRefused:
    """The refusal as a sentence."""
    return FileRefused(
        str(SENTENCES[code]) % {"detail": detail}
        if detail
        else str(SENTENCES[code]).replace(" (%(detail)s)", "")
    )


def guess(remark: Remark) -> str:
    """A guess as a sentence."""
    return str(GUESSES[remark.code]) % {"detail": remark.detail}


def loss(remark: Remark) -> str:
    """A loss as a sentence."""
    return str(LOSSES[remark.code]) % {"detail": remark.detail}


def _check_name(name: str, content: bytes) -> None:
    """What the name alone says; everything else is looked at in the child."""
    if not content:
        raise refused("empty")
    if len(content) > LARGEST:
        raise refused("large")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    by_name = {
        "docm": "macros",
        "dotm": "macros",
        "dotx": "template",
        "dot": "template",
        "doc": "old",
        "pdf": "pdf",
        "rtf": "rtf",
        "odt": "odt",
        "xlsx": "other_office",
        "pptx": "other_office",
    }
    if ending != "docx":
        raise refused(by_name.get(ending, "name"))
