"""Resources, news and meetings as editors make them, without the admin in between."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from docx import Document as WordDocument
from wagtail.documents.models import Document
from wagtail.models import PageViewRestriction

from intranet.access import editors
from protocol_pages.models import MeetingIndexPage, MeetingPage, ResourceIndexPage, ResourceKind, ResourcePage

WHEN = datetime(2026, 1, 20, 8, 0, tzinfo=UTC)


def resource(title: str, **values: Any) -> ResourcePage:
    """A published resource."""
    page = ResourcePage(title=title, **{"kind": ResourceKind.TOOL} | values)
    ResourceIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def meeting(title: str, **values: Any) -> MeetingPage:
    """A published meeting."""
    page = MeetingPage(title=title, **{"begins_at": WHEN} | values)
    MeetingIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


def word(text: str, name: str = "file.docx") -> Document:
    """A Word document with one paragraph."""
    made, out = WordDocument(), io.BytesIO()
    made.add_paragraph(text)
    made.save(out)
    return _stored(name, out.getvalue())


def pdf(text: str, name: str = "file.pdf") -> Document:
    """A PDF with one line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, start)
    return _stored(name, out)


def _stored(name: str, content: bytes) -> Document:
    document = Document(title=name, file=ContentFile(content, name=name))
    document.save()
    return document


def close(page: Any) -> None:
    """Only content editors may open it."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.set([editors.group()])
