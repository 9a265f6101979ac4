"""What the invented parties write."""

from __future__ import annotations

from datetime import date

from forms_app.common import figures as common
from forms_app.data_requests.inputs import GuaranteeInput, RequestInput, Upload
from forms_app.data_requests.tokens import Kind, RequesterKind

PAPER = b"%PDF-1.4\n% Specimen of a signed paper; every name is invented.\n%%EOF\n"
AUTHORIZATION = (
    "I authorize the sharing of this data set with the receiving party, under the caveats of the protocol."
)
CONSULTED = "The office has no objection to asking the organizations."
GUARANTEE = (
    "We will not disseminate the report to any other party, nor use it for any purpose beyond that "
    "which was requested and authorized."
)


def external(donor: str, period: common.Period, received_on: date, language: str = "en") -> RequestInput:
    """A donor's complete request, with the five items and the guarantee (§7B.0)."""
    return RequestInput(
        kind=Kind.EXTERNAL,
        requester_organization=donor,
        requester_kind=RequesterKind.DONOR,
        received_on=received_on,
        contact_name="Nadia Example",
        contact_title="Programme manager",
        contact_email="programme@donor.example",
        contact_address="Example Avenue 7, Example City",
        received_by="PSEA Coordinator",
        period_first=period.first,
        period_last=period.last,
        tables=tuple(common.provider().table_labels()),
        purpose="To plan the funding of prevention work for the coming year.",
        used_for="A funding plan for prevention and for services to survivors.",
        used_how="Read by the programme team; no publication.",
        fed_back="A two-page note to the network within three months of receipt.",
        letter_language=language,
        guarantee=GuaranteeInput(
            signer_name="Nadia Example",
            signer_title="Programme manager",
            signer_organization=donor,
            signed_on=received_on,
            text=GUARANTEE,
            file=Upload("guarantee.pdf", PAPER),
        ),
    )


def plain(kind: Kind, requester: str, requester_kind: RequesterKind, received_on: date) -> RequestInput:
    """A request as it first comes in, with nothing but who asks and what for."""
    return RequestInput(
        kind=kind,
        requester_organization=requester,
        requester_kind=requester_kind,
        received_on=received_on,
        contact_name="Sami Example",
        contact_email="desk@requester.example",
        purpose="To understand how the network works against sexual exploitation and abuse.",
    )
