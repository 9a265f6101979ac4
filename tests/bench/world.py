"""What the bench looks at: the real protocol adopted, the same text on a stock page, invented organizations."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.core.management import call_command
from django.utils.html import format_html
from wagtail.models import Page, Site

from audit.actors import Actor
from forms_app.data_requests.models import DataRequest
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock import now
from protocol_pages.editions import blocks as b
from signatories.models import Organization
from tests.bench.models import StockPage
from tests.factories import make_user
from tests.forms_app.data_requests import world as ladder
from tests.forms_app.monthly_reports import world

SIGNED = date(2025, 1, 10)


def adopt_protocol() -> None:
    """Edition 1, as the product's own command adopts it; years confirmed around today."""
    call_command("adopt_protocol", verbosity=0)
    this_year = now().year
    world.confirmed_calendar(*range(2024, this_year + 2))


def stock_pages() -> list[Page]:
    """Two live pages with the protocol's blocks: in their own plain frame, and in the intranet's."""
    rows: list[tuple[str, object]] = []
    for block in b.read_protocol(b.DATA_FILE).blocks:
        if block.kind in (b.HEADING, b.TITLE):
            rows.append(("heading", block.printed))
        else:
            rows.append(("clause", {"number": block.number, "text": format_html("<p>{}</p>", block.text)}))
    root = Site.objects.get(is_default_site=True).root_page
    pages = []
    for slug, framed in (("stock", False), ("stock-framed", True)):
        page = StockPage(title="Protocol", slug=slug, body=rows, framed=framed)
        root.add_child(instance=page)
        page.save_revision().publish()
        pages.append(page)
    return pages


def organizations(wanted: int) -> list[Organization]:
    """Grow the network to ``wanted`` organizations that endorsed and reported one month each."""
    have = list(Organization.objects.filter(name_en__contains="Bench"))
    for number in range(len(have), wanted):
        made = world.organization(f"Bench {number:03}", SIGNED)
        world.post(made, Capacity.PRIMARY_FOCAL_POINT)
        world.post(made, Capacity.HEAD_OF_AGENCY)
        world.send(made, received=number % 3)
        have.append(made)
    return have


def requests_in_a_round(number: int) -> list[DataRequest]:
    """Further requests for the month that everybody reported, issued just now."""
    desk, house = _place("coordination"), _place("office")
    network = ladder.World(
        figures=ladder.InventedFigures(),  # not installed: the product's own provider answers
        organizations=[],
        coordinator=_speaks(desk, Capacity.COORDINATOR),
        office=_speaks(house, Capacity.OFFICE),
        assistant=_speaks(house, Capacity.OFFICE_ASSISTANT),
        office_person=world.post(house, Capacity.OFFICE),
        people={},
    )
    month = {"period_first": world.JANUARY, "period_last": world.JANUARY}
    return [ladder.issued(network, now(), **month) for _number in range(number)]


def _place(kind: str) -> Organization:
    found = Organization.objects.filter(kind=kind).first()
    return found or world.organization(kind, None, kind=kind)


def _speaks(of: Organization, capacity: Capacity) -> Actor:
    return Actor(str(capacity), str(capacity), account(capacity, of).pk, of.pk, of.name_en)


def account(capacity: Capacity, of: Organization) -> User:
    """An account that holds one capacity by a post, as in the product."""
    user = make_user(f"{capacity}.{uuid4().hex[:8]}@example.org")
    person = world.post(of, capacity)
    with world.acting(world.SYSTEM):
        person.user = user
        person.save()
    return user
