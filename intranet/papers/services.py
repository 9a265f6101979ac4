"""Issuing a paper: number, both files and their row in the transaction of the act that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.utils import translation

from audit.actors import Actor, acting
from intranet.files import store
from intranet.network.models import NetworkSettings
from intranet.workflow import registry
from intranet.workflow.runner import Refused

from . import pdf, word
from .faults import LetterFault
from .kinds import kind_of
from .letterhead import Language, Letterhead
from .models import IssuedPaper, verify_address
from .paper import Block, Paper
from .sender import letterhead

PDF = "application/pdf"
_LOCK = 7_206_007


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a paper gets when it is issued; ``paper`` puts it around the blocks."""

    kind: str
    language: Language
    letterhead: Letterhead
    number: str
    day: date
    verify: str

    def paper(
        self,
        title: str,
        blocks: tuple[Block, ...],
        *,
        addressee: tuple[str, ...] = (),
        signed_under: tuple[str, ...] = (),
        sha256: str = "",
    ) -> Paper:
        """The paper with this number, day, letterhead and verify address."""
        return Paper(
            kind=self.kind,
            language=self.language,
            letterhead=self.letterhead,
            number=self.number,
            day=self.day,
            title=title,
            blocks=blocks,
            addressee=addressee,
            signed_under=signed_under,
            sha256=sha256,
            verify=self.verify,
        )


def issue(
    kind: str,
    build: Callable[[Stamp], Paper],
    *,
    about: models.Model,
    actor: Actor,
    now: datetime,
    language: Language = "en",
    act: str = "",
    within: UUID | None = None,
    rule: str = "",
) -> IssuedPaper:
    """Number, make and store a paper; the same act gets the paper that it got before.

    Call it inside an effect of the runner, before anything records an event: then act and paper stand or
    fall together, and the caller puts ``evidence`` into the act's event. ``build`` gathers the facts, with
    ``language`` as the active one. ``about``: the governed object, saved or about to be, whose policy decides
    who may download. ``act``: empty for the one paper of this kind about ``about``, else what tells several
    apart. ``within``: count numbers within this object, where they may not tell how many others got one; a
    code of the object stands behind the number, so that no two papers of the network have the same.
    The year is that of the network's day of ``now`` (UTC).

    Raises Refused (``rule``) when the paper does not hold what it must, LookupError for an unknown kind or
    an object that no policy governs.
    """
    governed = registry.find(str(about._meta.model_name))
    if governed is None:
        raise LookupError(f"{about._meta.model_name} is no governed object")
    prefix = kind_of(kind).prefix
    act = act or f"{governed.type}:{about.pk}"
    settings = NetworkSettings.current()
    day = now.astimezone(settings.zone()).date()
    with transaction.atomic(), acting(actor):
        with connection.cursor() as cursor:  # one paper at a time: numbers without gaps, acts without twins
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        earlier = IssuedPaper.objects.filter(kind=kind, language=language, act=act).first()
        if earlier is not None:
            return earlier
        series = f"{prefix}-{day.year}" + (f":{within}" if within else "")
        last = IssuedPaper.objects.filter(series=series).aggregate(last=models.Max("sequence"))["last"] or 0
        number = _unique(f"{prefix}-{day.year}-{last + 1:03d}", within)
        pk = uuid4()
        stamp = Stamp(kind, language, letterhead(settings), number, day, verify_address(pk, language))
        try:
            with translation.override(language):
                paper = build(stamp)
            word_bytes = word.render(paper)
            pdf_bytes, missing = _pdf(paper)
        except LetterFault as fault:
            raise Refused(str(fault), rule, "guard") from fault
        kept = store.store(word.file_name(paper), word_bytes, about, now, content_type=store.DOCX)
        issued = IssuedPaper(
            pk=pk,
            kind=kind,
            series=series,
            sequence=last + 1,
            number=number,
            language=language,
            title=paper.title[:300],
            day=day,
            about_type=governed.type,
            about_id=about.pk,
            act=act,
            certifies_sha256=paper.sha256.lower(),
            word=kept,
            word_sha256=kept.sha256,
            pdf_missing=missing[:300],
            issued_at=now,
            issued_by=actor.label,
            issued_capacity=actor.capacity,
        )
        if pdf_bytes:
            issued.pdf = store.store(word.file_name(paper, "pdf"), pdf_bytes, about, now, content_type=PDF)
            issued.pdf_sha256 = issued.pdf.sha256
        issued.save()
    return issued


def _unique(number: str, within: UUID | None) -> str:
    """The number with as much of the scope's random id as sets it apart from every other paper's."""
    if within is None:
        return number
    codes = (f"{number}-{within.hex[:length].upper()}" for length in range(4, 29, 4))
    return next(code for code in codes if not IssuedPaper.objects.filter(number=code).exists())


def _pdf(paper: Paper) -> tuple[bytes, str]:
    try:
        return pdf.render(paper), ""
    except pdf.PdfUnavailable as trouble:
        return b"", str(trouble)


def papers_about(about: models.Model) -> list[IssuedPaper]:
    """Every paper about an object, newest first. One query; the caller has asked the object's policy."""
    return list(IssuedPaper.objects.filter(about_type=about._meta.model_name, about_id=about.pk))
