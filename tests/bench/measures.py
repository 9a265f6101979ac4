"""The three tables: pages against each other, queries with 10 and 200 organizations, the letter."""

from __future__ import annotations

import io

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms_app.data_requests.models import DataRequest
from intranet.access.roles import Capacity
from signatories.models import Organization
from tests.bench import world
from tests.bench.timing import interleaved
from tests.personas import PersonaClient, sign_in

Row = tuple[str, ...]
PAGES = ("home", "board", "requests", "request-board")  # Home, month grid, requests, one of them
MORE_REQUESTS = 3  # in a round at each step


def queries(organizations: list[int]) -> list[Row]:
    """A row for each capacity and page: how many queries, with each number of organizations.

    At each step three more requests are in a round that asks all of them; the figures are the product's own.
    """
    first = world.organizations(organizations[0])
    clients = {capacity: _client(capacity, first[0]) for capacity in Capacity}
    counted: dict[tuple[str, str], list[str]] = {}
    for number in organizations:
        world.organizations(number)
        issued = world.requests_in_a_round(MORE_REQUESTS)
        for capacity, client in clients.items():
            for name in PAGES:
                counted.setdefault((str(capacity), name), []).append(_count(client, name, issued[-1]))
    return [
        (name, capacity, *found)
        for (capacity, name), found in sorted(counted.items(), key=lambda row: row[0][::-1])
    ]


def _client(capacity: Capacity, of: Organization) -> PersonaClient:
    client = sign_in(world.account(capacity, of))
    client.get(reverse("home"))  # settings and body caches filled, as on any running server
    return client


def _count(client: PersonaClient, name: str, request: DataRequest) -> str:
    address = reverse(name, args=[request.pk] if name == "request-board" else [])
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    return str(len(captured)) if answer.status_code == 200 else f"closed ({answer.status_code})"


def word_out(times: int = 40) -> list[Row]:
    """The protocol in Word against python-docx saving the same paragraphs, median milliseconds."""
    from docx import Document

    from protocol_pages.editions import blocks
    from protocol_pages.editions.fixed_copy import prove
    from protocol_pages.editions.word_out import Text, word_file

    protocol = blocks.read_protocol()
    text = Text(protocol.blocks, protocol.title, protocol.effective_from, "Network", "Edition 1", "SHA-256")
    written = word_file(text)

    def plain() -> None:
        document = Document()
        for block in protocol.blocks:
            if block.kind == blocks.HEADING:
                document.add_heading(block.printed, block.level)
            else:
                document.add_paragraph(block.printed)
        document.save(io.BytesIO())

    ours, proof, theirs = interleaved(
        times, lambda: word_file(text), lambda: prove(written, protocol.blocks), plain
    )
    return [
        ("an edition in Word: numbers, footnotes, ids", f"{ours:.1f} ms", f"{ours / theirs:.2f}"),
        ("read back and compared, once when it is frozen", f"{proof:.1f} ms", f"{proof / theirs:.2f}"),
        ("python-docx saves the same paragraphs", f"{theirs:.1f} ms", "1"),
    ]


def letters(times: int = 40) -> list[Row]:
    """Our letter against python-docx that opens and saves the same template, median milliseconds."""
    from docx import Document

    from forms_app.common.letters.render import built_in, render
    from tests.forms_app.letters import samples

    context = samples.release()
    template = built_in("release", "en")

    def reopen() -> None:
        Document(io.BytesIO(template)).save(io.BytesIO())

    ours, theirs = interleaved(times, lambda: render(context), reopen)
    return [
        ("release letter, filled and checked", f"{ours:.1f} ms", f"{ours / theirs:.2f}"),
        ("python-docx opens and saves the same template", f"{theirs:.1f} ms", "1"),
    ]
