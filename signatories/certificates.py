"""The certificate of an endorsement: edition, text hash, signer, time, number, verify address (D19, D17).

The Arabic one quotes the protocol's words in English, left to right: the protocol exists in English only (D4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from audit.actors import Actor
from intranet.access.roles import Capacity
from intranet.clock.wording import long_date, plain_date, time_of_day
from intranet.network.models import NetworkSettings
from intranet.papers import services as papers
from intranet.papers.bidi import has_rtl
from intranet.papers.kinds import PaperKind
from intranet.papers.letterhead import Language
from intranet.papers.models import IssuedPaper
from intranet.papers.paper import Block, Facts, Heading, Items, Paper, Quote, Text
from protocol_pages.editions.blocks import ClauseNotFound
from protocol_pages.editions.footnotes import without_marks
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import clause

from .days import network_day
from .directory import how_it_came
from .duties import DUTIES
from .models import Organization, ParticipationEntry, Person
from .selectors import posts_in

KIND = PaperKind("endorsement", "EC", gettext_lazy("Certificate of endorsement"))
FOOTNOTE = "fn5"  # address of the footnote on who may withdraw


@dataclass(frozen=True, slots=True)
class Endorsed:
    """The facts of one certificate. ``at``: date and hour in the network's time zone, ``zone`` its name.

    ``came``: how it reached the network where it was no click here; ``quoted``: words of the protocol with
    their clause.
    """

    organization: str
    organization_en: str
    edition: str
    protocol: str
    sha256: str
    endorsed_on: date
    at: str
    zone: str
    signer: str
    title: str
    authority: str
    instrument_file: str
    instrument_sha256: str
    statement: str
    came: str
    quoted: tuple[tuple[str, str], ...]


def certificate(stamp: papers.Stamp, facts: Endorsed) -> Paper:
    """The paper. Pure: facts and the active language in, blocks out."""
    return stamp.paper(
        _("Certificate of endorsement, received outside the system") if facts.came else str(KIND.label),
        tuple(_blocks(facts)),
        sha256=facts.sha256,
    )


def _blocks(facts: Endorsed) -> Iterable[Block]:
    yield Text(
        _("The network certifies that %(organization)s endorsed edition %(edition)s of its protocol.")
        % {"organization": facts.organization, "edition": facts.edition}
    )
    yield Facts(tuple((label, value) for label, value in _rows(facts) if value))
    if facts.statement:
        yield Quote(facts.statement, _("What was signed"), "ar" if has_rtl(facts.statement) else "en")
    yield Heading(_("What the organization takes on"))
    yield Items(tuple(f"{text} ({number})" for text, number in DUTIES))
    for words, source in facts.quoted:
        yield Quote(words, source, "en")
    yield Text(
        _(
            "The endorsement counts for its edition and the minor editions of it, until it is replaced or "
            "withdrawn (network practice). The list above is the network’s own summary; the text of the "
            "protocol counts, in English."
        ),
        small=True,
    )


def _rows(facts: Endorsed) -> Iterable[tuple[str, str]]:
    yield _("Organization"), facts.organization
    yield _("Name in English"), facts.organization_en if facts.organization_en != facts.organization else ""
    yield _("Protocol"), facts.protocol
    yield _("Edition"), facts.edition
    yield _("Endorsed on"), long_date(facts.endorsed_on)
    yield _("Recorded at"), f"{facts.at} ({facts.zone})"
    yield _("Signed by"), facts.signer
    yield pgettext("of a person", "Title"), facts.title
    yield _("Authority to sign"), facts.authority
    yield _("File of the instrument"), facts.instrument_file
    yield _("Its SHA-256"), facts.instrument_sha256
    yield _("How it came"), facts.came
    yield _("Text fingerprint (SHA-256)"), facts.sha256


def issue(entry: ParticipationEntry, actor: Actor, now: datetime) -> IssuedPaper:
    """Word and PDF for an endorsement in effect, within the act that wrote it; once an entry."""
    language = language_of(entry.organization, entry.signer, now)
    assert entry.edition_ref is not None  # an endorsement names its edition
    edition = Edition.objects.get(pk=entry.edition_ref)
    settings = NetworkSettings.current()

    def build(stamp: papers.Stamp) -> Paper:
        name_en = entry.organization.name_en
        name = entry.organization.name_ar if stamp.language == "ar" else ""
        local = now.astimezone(settings.zone())
        facts = Endorsed(
            organization=name or name_en,
            organization_en=name_en,
            edition=entry.edition_label,
            protocol=edition.title,
            sha256=entry.edition_sha256,
            endorsed_on=entry.effective_on,
            at=f"{plain_date(local.date())}, {time_of_day(now, settings.zone())}",
            zone=settings.time_zone,
            signer=entry.signer_name,
            title=entry.signer_title,
            authority=entry.authority,
            instrument_file=entry.instrument_file,
            instrument_sha256=entry.instrument_sha256,
            statement=entry.statement,
            came=how_it_came(entry),
            quoted=tuple(quotes(edition, "6.1", FOOTNOTE)),
        )
        return certificate(stamp, facts)

    return papers.issue(KIND.name, build, about=entry, actor=actor, now=now, language=language, rule="D19")


def quotes(edition: Edition, *addresses: str) -> Iterable[tuple[str, str]]:
    """The words of some clauses with where they stand; an edition that lacks one is not quoted for it."""
    for address in addresses:
        try:
            block = clause(edition, address)
        except ClauseNotFound:
            continue
        number = f"§{address}" if address != FOOTNOTE else _("footnote %s") % address.removeprefix("fn")
        yield without_marks(block.text), _("Protocol, %s") % number


def language_of(organization: Organization, person: Person | None, now: datetime) -> Language:
    """Arabic where the person, or else the Head of Agency, reads Arabic mail; English otherwise."""
    if person is None:
        heads = posts_in(organization, network_day(now), {Capacity.HEAD_OF_AGENCY})
        person = heads[0].person if heads else None
    return "ar" if person is not None and person.language == "ar" else "en"
