"""Rows of partner agreements and of signatures on paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from intranet.clock.wording import plain_date
from intranet.files import store
from intranet.listing import listed
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import editions
from signatories import services
from signatories.agreements import services as agreements
from signatories.agreements.models import AgreementState, PartnerAgreement
from signatories.agreements.services import Assessment, Terms
from signatories.models import Answer, EntryKind, Organization, ParticipationEntry, Person, ReceivedHow
from signatories.names import folded
from signatories.services import Received, Upload

from .acts_people import changed, dates_in_order, given
from .book import Row
from .run import Import, Line, Verdict, Wrong

_TERMS = ("ends_on", "psea_clause_on", "partner_portal_id")
_ASSESSMENT = ("assessed_on", "rating", "valid_until")


def agreement(run: Import, row: Row) -> Line:
    """By partner, agency, reference and first day; an empty cell leaves what stands there."""
    partner, agency = run.organization(row, "partner"), run.organization(row, "agency")
    dates_in_order(row, "begins_on", "ends_on")
    dates_in_order(row, "assessed_on", "valid_until")
    label = f"{partner.name} – {agency.name}"
    known = _known(partner, agency, row)
    assessed = given(row, _ASSESSMENT)
    if assessed and len(assessed) < len(_ASSESSMENT):
        missing = next(name for name in _ASSESSMENT if name not in assessed)
        raise Wrong(missing, _("an assessment has its date, the capacity and until when it is valid."))
    assessment = Assessment(**assessed) if assessed else None
    clause = row["psea_clause"] == "yes"
    if known is None:
        terms = Terms(
            begins_on=row["begins_on"],
            ends_on=row["ends_on"],
            psea_clause=clause,
            psea_clause_on=row["psea_clause_on"],
            reference=row["reference"] or "",
            partner_portal_id=row["partner_portal_id"] or "",
        )
        agreements.record_agreement(partner, agency, terms, run.actor, run.now, assessment)
        return Line("agreements", row.number, Verdict.CREATED, label)
    values = given(row, _TERMS) | {"psea_clause": clause}
    if not clause and "psea_clause_on" not in values:
        values["psea_clause_on"] = None
    changes = changed(known, values)
    if changes:
        kept = {name: getattr(known, name) for name in Terms.__slots__}
        agreements.correct_agreement(known, Terms(**kept | values), run.actor, run.now, run.note)
    newer = changed(known, assessed)
    if newer and assessment is not None:
        agreements.record_assessment(known, assessment, run.actor, run.now)
    verdict = Verdict.CHANGED if changes or newer else Verdict.LEFT
    return Line("agreements", row.number, verdict, label, changes + newer)


def _known(partner: Organization, agency: Organization, row: Row) -> PartnerAgreement | None:
    same = PartnerAgreement.objects.filter(partner=partner, agency=agency, begins_on=row["begins_on"])
    wanted = folded(row["reference"] or "")
    for found in same.exclude(state=AgreementState.STRUCK):
        if folded(found.reference) == wanted:
            return found
    return None


def signature(run: Import, row: Row) -> Line:
    """An endorsement received outside, with its scan (D17, D18); it counts once it is confirmed."""
    organization = run.organization(row, "organization")
    edition = _edition(row)
    label = _("%(organization)s, edition %(edition)s, signed on %(day)s") % {
        "organization": organization.name,
        "edition": edition.label,
        "day": plain_date(row["signed_on"]),
    }
    known = _recorded(organization, edition, row)
    if known is not None:
        denied = known.answer == Answer.DENIED or (
            ParticipationEntry.objects.filter(answers=known, answer=Answer.DENIED).exists()
        )
        note = (_("It is recorded, and was denied."),) if denied else ()
        run.used.add(row["scan"])
        return Line("signatures", row.number, Verdict.LEFT, label, note)
    email = row["signer_email"] or ""
    received = Received(
        how=row["how"] or ReceivedHow.PAPER.value,
        received_on=row["received_on"],
        effective_on=row["signed_on"],
        signer_name=row["signer_name"],
        signer_title=row["signer_title"],
        signer_email=email,
        signer_capacity=row["signer_capacity"] or "",
        signer=Person.objects.filter(email__iexact=email).first() if email else None,
        authority=row["signer_title"],
        file=_scan(run, row),
    )
    services.record_endorsement_received_outside(organization, edition, received, run.actor, run.now)
    return Line("signatures", row.number, Verdict.CREATED, label)


def _edition(row: Row) -> Edition:
    wanted = str(row["edition"])
    known = {edition.label: edition for edition in editions()}
    if wanted not in known:
        if not known:
            raise Wrong("edition", _("no edition was adopted yet. Adopt the protocol first."))
        raise Wrong("edition", _("there is no such edition. Write one of: %s.") % listed(known))
    return known[wanted]


def _recorded(organization: Organization, edition: Edition, row: Row) -> ParticipationEntry | None:
    """The first record of this signature, confirmed, waiting or denied."""
    same: Any = ParticipationEntry.objects.filter(
        organization=organization,
        kind=EntryKind.ENDORSED,
        edition_ref=edition.pk,
        effective_on=row["signed_on"],
    )
    return same.order_by("number").first()


def _scan(run: Import, row: Row) -> Upload:
    name = row["scan"]
    upload = run.scans.get(folded(name))
    if upload is None:
        raise Wrong(
            "scan", _("the file “%s” was not sent. Send it beside the workbook, under this name.") % name
        )
    run.used.add(name)
    try:
        store.check(upload[0], upload[1])
    except store.FileRefused as refusal:
        text = str(refusal).partition(": ")[2] or str(refusal)
        raise Wrong("scan", text) from refusal
    return upload
