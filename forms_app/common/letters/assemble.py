"""From an edition's blocks and a data set to the pieces of a letter. Still pure: what is needed is handed in.

The slices that write letters gather the facts with their selectors and call these; nothing is queried here.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import override

from forms_app.common import figures
from intranet.papers.letterhead import Language
from protocol_pages.editions.blocks import Block, find
from protocol_pages.editions.caveats import caveat_7a, caveats_7b7
from protocol_pages.editions.footnotes import without_marks

from .context import Caveat, Caveats, Completeness, DataTable, Period
from .words import FIGURE_HEAD, LABEL_HEADS


def release_caveats(
    blocks: Sequence[Block], edition_number: str, endorsed_on: date, translation: tuple[Caveat, ...] = ()
) -> Caveats:
    """C1 to C3 of §7B.7 as this edition has them. Raises ClauseNotFound when the edition lacks one."""
    texts = caveats_7b7(blocks)
    return Caveats.of_release(
        edition_number=edition_number,
        endorsed_on=endorsed_on,
        c1=texts.c1,
        c2_intro=texts.c2_intro,
        purposes=texts.purposes,
        c3=texts.c3,
        translation=translation,
    )


def own_data_caveats(blocks: Sequence[Block], edition_number: str, endorsed_on: date) -> Caveats:
    """The caveat of §7A.2 as this edition has it, which is not the quotation in C3."""
    return Caveats(edition_number, endorsed_on, (Caveat(caveat_7a(blocks)),))


def onward_rule(blocks: Sequence[Block]) -> str:
    """The rule on onward sharing, §7B.6, as this edition has it."""
    return without_marks(find(blocks, "7B.6").text)


def letter_period(period: figures.Period) -> Period:
    """The period of a data set for a letter."""
    return Period(period.first, period.last)


def letter_completeness(counted: figures.Completeness, silent: int) -> Completeness:
    """The completeness line: the provider's numbers, and how many were left out for not responding (§7B.3)."""
    return Completeness(
        included=counted.included,
        signatories=counted.signatories,
        silent=silent,
        suspended=counted.suspended,
        missing=counted.missing,
    )


def letter_tables(
    data_set: figures.DataSet, provider: figures.FigureProvider, language: Language
) -> tuple[DataTable, ...]:
    """The tables of a data set with every label in the letter's language, whatever the reader's is.

    Rows stand in the provider's order; a row without a cell is printed as 0, never left out.
    """
    out = []
    with override(language):
        titles = provider.table_labels()
        for table in data_set.tables:
            found = {cell.code: cell.value for cell in table.cells}
            labels = provider.row_labels(table.code)
            rows = tuple((str(label), found.get(code, 0)) for code, label in labels.items())
            title = str(titles[table.code])
            head = LABEL_HEADS[language].get(table.code, title)
            out.append(DataTable(title, head, FIGURE_HEAD[language], rows, table.total))
    return tuple(out)
