"""Word and PDF of an edition, and a Word document on its way to a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.files.store import DOCX
from intranet.listing import listed
from intranet.papers.pdf import PdfUnavailable
from intranet.workflow.runner import Refused

from . import blocks as b
from . import exports, incoming, life, selectors, word_in
from .compare import Change, Row, compare
from .compare_views import WORDS, summary_of
from .draft_page import KIND_NAMES
from .incoming import Incoming
from .shown_words import in_marks, table
from .views import find_edition
from .word_forms import SaveForm, WordForm
from .wordfile.document import Reading, Recognised, Remark

SALT = "protocol_pages.editions.word_in"
SEALED_FOR = 24 * 3600  # seconds that a review may stay open
LARGEST_SEAL = 1_500_000  # letters of a form
PROPOSED = {
    "change": gettext_lazy("Changed"),
    "add": gettext_lazy("Added after this"),
    "remove": gettext_lazy("Removed"),
    "comment": gettext_lazy("Comment"),
}


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@screen(gettext_lazy("Protocol: an edition in Word"))
def word(request: HttpRequest, label: tuple[int, int]) -> HttpResponse:
    """The Word file that was frozen with the edition: the same bytes for ever."""
    edition = find_edition(label)
    return _file(exports.word(edition), DOCX, f"protocol-{edition.slug}.docx")


@require_safe
@screen(gettext_lazy("The Word file that was frozen with an edition"), rule="D1")
def frozen_word(request: HttpRequest, label: tuple[int, int]) -> HttpResponse:
    """The same bytes for ever; the answer names their SHA-256."""
    edition = find_edition(label)
    kept = getattr(edition, "word_file", None)
    if kept is None:
        raise Http404
    response = _file(bytes(kept.data), DOCX, f"protocol-{edition.slug}-frozen.docx")
    response.headers["X-Content-SHA256"] = kept.sha256
    return response


@require_safe
@screen(gettext_lazy("Protocol: an edition as PDF"))
def pdf(request: HttpRequest, label: tuple[int, int]) -> HttpResponse:
    """The edition as a tagged PDF."""
    edition = find_edition(label)
    try:
        return _file(exports.pdf(edition), "application/pdf", f"protocol-{edition.slug}.pdf")
    except PdfUnavailable as trouble:
        context = {"edition": edition, "trouble": str(trouble)}
        return render(request, "protocol_pages/word/no_pdf.html", context, status=503)


@require_http_methods(["GET", "POST"])
@screen(
    gettext_lazy("A Word document becomes a draft of the protocol: send and review it"), life.WRITERS, "§8"
)
def upload(request: Request) -> HttpResponse:
    """The form; POST reads the file and shows what was recognised. Nothing is saved."""
    form = WordForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        handed = form.cleaned_data["file"]
        try:
            found = incoming.read(handed.name, handed.read(), form.cleaned_data["language"])
            return _review(request, found)
        except word_in.FileRefused as refusal:
            form.add_error("file", str(refusal))
    return _upload_page(request, form, 400 if form.errors else 200)


def _upload_page(request: Request, form: WordForm, status: int) -> HttpResponse:
    context = {"form": form, "submit": _("Read it"), "multipart": True, "back": reverse("protocol-editions")}
    return render(request, "protocol_pages/word/upload.html", context, status=status)


@require_POST
@screen(gettext_lazy("Save a reviewed Word document as a draft of the protocol"), life.WRITERS, "§8")
def save(request: Request) -> HttpResponse:
    """The draft of the next edition, from what was reviewed and from nothing else."""
    form = SaveForm(request.POST)
    form.is_valid()
    try:
        row = signing.loads(form.cleaned_data.get("read", ""), salt=SALT, max_age=SEALED_FOR)
        if row["by"] != str(request.user.pk):
            raise signing.BadSignature("read by another account")
        found = incoming.from_row(row)
    except (signing.BadSignature, LookupError):
        again = WordForm()
        again.full_clean()  # it says an error without having been sent
        again.cleaned_data = {}
        again.add_error(
            None, _("What was read is too old, or the edition changed meanwhile. Send the file again.")
        )
        return _upload_page(request, again, 409)
    if not form.is_valid():
        return _review(request, found, form, 400)
    try:
        accepted = form.cleaned_data["take"] == SaveForm.ACCEPTED
        draft = incoming.save(found, request.actor, now(), accepted=accepted, key=form.key)
    except Refused as refusal:
        form.refuse(refusal)
        return _review(request, found, form, 409)
    return redirect("protocol-draft", draft.pk)


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One recognised block beside the lines of the file that it was made of."""

    row: Recognised
    kind: str
    labels: str
    html: SafeString
    state: str
    guesses: tuple[str, ...]
    cells: list[list[SafeString]]


def _review(
    request: Request, found: Incoming, form: SaveForm | None = None, status: int = 200
) -> HttpResponse:
    sealed = signing.dumps(incoming.to_row(found) | {"by": str(request.user.pk)}, salt=SALT, compress=True)
    if len(sealed) > LARGEST_SEAL:
        raise word_in.refused("long")
    reading = found.document.after
    labels = {row.block.id: _labels(row.block) for row in (*found.document.before.blocks, *reading.blocks)}
    comparison = compare(selectors.blocks_of(found.base), reading.text) if found.base is not None else None
    states = {row.new.id: row for row in comparison.rows if row.new} if comparison else {}
    context: dict[str, Any] = {
        "form": form or SaveForm(initial={"read": sealed}),
        "found": found,
        "reading": reading,
        "revised": found.document.revised,
        "rows": [_shown(row, reading.guesses, states.get(row.block.id)) for row in reading.blocks],
        "losses": [word_in.loss(remark) for remark in reading.losses],
        "sure": sum(1 for row in reading.blocks if not _guessed(row, reading)),
        "summary": summary_of(comparison) if comparison else "",
        "same": comparison.same if comparison else False,
        "gone": [_labels(row.old) for row in comparison.rows if row.new is None and row.old]
        if comparison
        else [],
        "proposals": [
            (labels.get(row.block_id, row.block_id), PROPOSED[row.kind], row) for row in found.proposals
        ],
    }
    return render(request, "protocol_pages/word/review.html", context, status=status)


def _guessed(row: Recognised, reading: Reading) -> bool:
    return any(
        remark.block == row.block.id and not remark.code.startswith("matched") for remark in reading.guesses
    )


def _labels(block: b.Block) -> str:
    return block.labels or block.printed[:40]


def _shown(row: Recognised, guesses: tuple[Remark, ...], state: Row | None) -> ShownBlock:
    block = row.block
    changes = state.changes if state is not None else ()
    return ShownBlock(
        row=row,
        kind=str(KIND_NAMES[block.kind]),
        labels=block.labels,
        html=in_marks(block, notes=False),
        state=listed(str(WORDS[change]) for change in changes if change is not Change.UNCHANGED),
        guesses=tuple(word_in.guess(remark) for remark in guesses if remark.block == block.id),
        cells=table(block, notes=False) if block.kind == b.TABLE else [],
    )
