"""The printable list of signatories of a day: the annex, as Word and PDF.

It names signatories whatever they suspend: the annex says who signed, nothing else (§4.f).
"""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from intranet.clock.wording import long_date, plain_date
from intranet.network.models import NetworkSettings
from intranet.papers.letterhead import Language
from intranet.papers.paper import Facts, Paper, Table, Text
from intranet.papers.sender import letterhead
from protocol_pages.editions.models import Edition

from .rows import Row, register_on


def annex(day: date, edition: Edition | None, language: Language, today: date) -> Paper:
    """The paper of ``day``, printed ``today``. It has no number: anybody may print it again."""
    settings = NetworkSettings.current()
    signatories = [row for row in register_on(day) if row.member]
    with translation.override(language):
        return Paper(
            kind="annex",
            language=language,
            letterhead=letterhead(settings),
            number="",
            day=today,
            title=_("Signatories of the protocol"),
            blocks=(
                Text(_("As of %(day)s.") % {"day": long_date(day, language)}),
                Facts(_facts(edition, len(signatories), language)),
                *_table(signatories, language),
                Text(_("An endorsement counts for its edition and the minor editions of it."), small=True),
            ),
            sha256=edition.sha256 if edition else "",
        )


def _facts(edition: Edition | None, number: int, language: Language) -> tuple[tuple[str, str], ...]:
    rows = [(_("Signatories"), str(number))]
    if edition is not None:
        since = plain_date(edition.effective_from, language)
        rows.append(
            (_("Edition in force"), _("%(label)s, since %(day)s") % {"label": edition.label, "day": since})
        )
        rows.append((_("Its text, SHA-256"), edition.sha256))
    return tuple(rows)


def _table(rows: list[Row], language: Language) -> tuple[Table, ...]:
    if not rows:
        return ()
    head = (
        pgettext("of a row", "No."),
        _("Organization"),
        _("Kind"),
        _("Edition"),
        _("Endorsed on"),
        _("Signed as"),
    )
    lines = []
    for number, row in enumerate(rows, start=1):
        signed = row.signed
        assert signed is not None  # a member has signed
        kind = row.organization.get_kind_display()
        when = plain_date(signed.effective_on, language)
        lines.append((str(number), row.names.name, kind, signed.edition_label, when, signed.signer_title))
    return (
        Table(
            _("Signatories"),
            head,
            tuple(lines),
            end_aligned=frozenset({0}),
            widths=(5, 33, 20, 8, 17, 17),
        ),
    )
