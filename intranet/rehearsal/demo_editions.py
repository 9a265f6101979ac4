"""The demo's edition 2, invented and labelled: nothing but a new endorsement of the real protocol (D7, D41).

Every clause stays word for word as edition 1 has it; one labelled line at the end is added. So no invented rule
ever looks like the protocol's, the letters quote the real caveats, and one organization is "re-endorsement due".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from intranet.clock.wording import plain_date
from protocol_pages.editions import services as editions
from protocol_pages.editions.blocks import DATA_FILE, Block, read_protocol
from protocol_pages.editions.selectors import edition_in_force
from protocol_pages.reviews import deadlines
from signatories.selectors import signatories_on

from .stage import Plan, Stage

DUE = "agency-a"  # has not endorsed edition 2 yet: its Head of Agency is one of the printed logins
BODY = "UNCT (example: this edition is invented for the demo)"


def plan(at: Plan, stage: Stage, today: date) -> None:
    """In the September before the review that is running now, which is so a review of edition 2."""
    year = today.year if deadlines.due_on(today.year) <= today else today.year - 1
    day = date(year - 1, 9, 1)
    at(day, 9, partial(_adopt, stage))
    at(day, 10, partial(_endorse_anew, stage))


def _adopt(stage: Stage) -> None:
    """A text endorsed outside is adopted from its draft."""
    day, real = stage.clock.today, read_protocol(DATA_FILE)
    line = Block(
        id="end-demo",
        kind="endorsement",
        level=0,
        section="",
        number="",
        addresses=("end.demo",),
        lang="en",
        text=(
            "Invented for this demo: endorsed anew, in the same words, by the UNCT (example) "
            f"on {plain_date(day, 'en')}. The real protocol is edition 1."
        ),
    )
    end = next(n for n, block in enumerate(real.blocks) if block.id == "end") + 1
    invented = replace(
        real,
        title=f"{real.title} (example: endorsed anew in the demo)",
        number=real.number + 1,
        effective_from=day,
        endorsed_by=BODY,
        endorsed_on=day,
        document_ref="Minutes of the UNCT, invented for the demo",
        blocks=(*real.blocks[:end], line, *real.blocks[end:]),
    )
    draft = editions.bring_in(invented, stage.coordinator, stage.now)
    editions.adopt(draft, stage.coordinator, stage.clock.tick())


def _endorse_anew(stage: Stage) -> None:
    """Everybody who signed does it again, but one."""
    edition = edition_in_force(stage.clock.today)
    signed = {organization.pk for organization in signatories_on(stage.clock.today)}
    for key, organization in stage.organizations.items():
        if organization.pk in signed and key != DUE:
            stage.endorse(key, edition)
