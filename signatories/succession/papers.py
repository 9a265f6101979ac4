"""The receipt of a succession: who speaks as signer from which day, by which letter, verified by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from audit.actors import Actor
from intranet.clock.wording import long_date, plain_date
from intranet.papers import services as papers
from intranet.papers.kinds import PaperKind
from intranet.papers.models import IssuedPaper
from intranet.papers.paper import Block, Facts, Paper, Quote, Text
from protocol_pages.editions.models import Edition
from signatories.certificates import FOOTNOTE, language_of, quotes
from signatories.days import network_day

from . import selectors
from .models import Succession

KIND = PaperKind("succession", "SR", gettext_lazy("Receipt of a succession of the signer"))


@dataclass(frozen=True, slots=True)
class Passed:
    """The facts of one receipt. ``verified``: side, name and day of each verification."""

    organization: str
    signed: str
    edition: str
    former: str
    successor: str
    successor_title: str
    effective_on: date
    instrument: str
    instrument_file: str
    instrument_sha256: str
    verified: tuple[tuple[str, str, date], ...]
    quoted: tuple[tuple[str, str], ...]


def receipt(stamp: papers.Stamp, facts: Passed) -> Paper:
    """The paper. Pure: facts and the active language in, blocks out."""
    return stamp.paper(str(KIND.label), tuple(_blocks(facts)), sha256=facts.instrument_sha256)


def _blocks(facts: Passed) -> Iterable[Block]:
    yield Text(
        _("From %(day)s %(successor)s speaks as signer of %(organization)s instead of %(former)s.")
        % {
            "day": plain_date(facts.effective_on),
            "successor": facts.successor,
            "organization": facts.organization,
            "former": facts.former,
        }
    )
    yield Facts(
        (
            (_("Organization"), facts.organization),
            (_("Who signed the protocol"), facts.signed),
            (_("Edition"), facts.edition),
            (_("Signer until then"), facts.former),
            (_("Successor"), facts.successor),
            (pgettext("of a person", "Title"), facts.successor_title),
            (_("From"), long_date(facts.effective_on)),
            (_("Letter of the Head of Agency"), facts.instrument),
            (_("Its file"), facts.instrument_file),
            (_("Its SHA-256"), facts.instrument_sha256),
            *(
                (_("Identity verified: %s") % side, f"{who}, {plain_date(day)}")
                for side, who, day in facts.verified
            ),
        )
    )
    for words, source in facts.quoted:
        yield Quote(words, source, "en")
    yield Text(
        _(
            "The endorsement keeps naming the individual who signed. The protocol knows no successor: that the "
            "right to withdraw passes on, and how, is network practice, not protocol text."
        ),
        small=True,
    )


def issue(succession: Succession, actor: Actor, now: datetime) -> IssuedPaper:
    """Word and PDF within the act that completed it; once a succession."""
    organization, endorsement = succession.organization, succession.endorsement
    letter = selectors.newest_letter(succession)
    effective_on = succession.effective_on
    assert effective_on is not None  # the act has just set it
    assert endorsement.edition_ref is not None  # an endorsement names its edition
    edition = Edition.objects.get(pk=endorsement.edition_ref)

    def build(stamp: papers.Stamp) -> Paper:
        name = organization.name_ar if stamp.language == "ar" else ""
        facts = Passed(
            organization=name or organization.name_en,
            signed=endorsement.signer_name,
            edition=endorsement.edition_label,
            former=succession.former_name,
            successor=letter.successor_name,
            successor_title=letter.successor_title,
            effective_on=effective_on,
            instrument=letter.instrument,
            instrument_file=letter.instrument_file,
            instrument_sha256=letter.instrument_sha256,
            verified=tuple(
                (check.get_side_display(), check.by, network_day(check.at))
                for check in selectors.checks(succession)
            ),
            quoted=tuple(quotes(edition, FOOTNOTE)),
        )
        return receipt(stamp, facts)

    language = language_of(organization, succession.successor, now)
    return papers.issue(
        KIND.name, build, about=succession, actor=actor, now=now, language=language, rule="§9.i fn5"
    )
