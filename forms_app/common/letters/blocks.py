"""The repeated blocks of a letter: data tables, caveats, the memo's items."""

from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from intranet.papers.faults import LetterFault

from .context import Caveats, DataTable
from .fill import Filler, Scope, ancestor, names_in, tag


def _siblings(first: Any, last: Any) -> list[Any]:
    out = [first]
    while out[-1] is not last:
        following = out[-1].getnext()
        if following is None:
            raise LetterFault(_("The caption {{table_title}} must stand above its table, in the same place."))
        out.append(following)
    return out


def put_tables(filler: Filler, tables: tuple[DataTable, ...]) -> None:
    """Repeat caption and table for each data table, and the pattern row for each figure."""
    rows = filler.with_name("row_label")
    captions = [item for item in filler.with_name("table_title") if ancestor(item, "tbl") is None]
    if len(rows) != 1 or len(captions) != 1:
        raise LetterFault(
            _("The template needs one table with {{row_label}} and one caption with {{table_title}}.")
        )
    table = ancestor(rows[0], "tbl")
    scopes: list[Scope] = [
        {
            "table_number": str(number),
            "table_title": item.title,
            "table_description": item.description or f"{item.label_head}: {item.figure_head}",
            "label_head": item.label_head,
            "figure_head": item.figure_head,
            "row_total": str(item.total),
            "index": str(number - 1),
        }
        for number, item in enumerate(tables, start=1)
    ]

    def each(copies: list[Any], scope: Scope) -> None:
        data = tables[int(str(scope["index"]))]
        pattern = next(
            row
            for row in copies[-1].iter(tag("tr"))
            if any("row_label" in names_in(p) for p in row.iter(tag("p")))
        )

        def one(rows: list[Any], figures: Scope) -> None:
            filler.fill(rows[0], scope | figures)

        pairs: list[Scope] = [{"row_label": label, "row_figure": str(figure)} for label, figure in data.rows]
        filler.repeat([pattern], pairs, one)
        for copy in copies:
            filler.fill(copy, scope)

    filler.repeat(_siblings(captions[0], table), scopes, each)


def _after(paragraph: Any, points: float) -> None:
    props = paragraph.find(tag("pPr"))
    spacing = props.find(tag("spacing"))
    if spacing is None:
        spacing = props.makeelement(tag("spacing"), {})
        before = (tag("ind"), tag("contextualSpacing"), tag("mirrorIndents"), tag("jc"), tag("rPr"))
        place = next((child for child in props if child.tag in before), None)
        props.append(spacing) if place is None else place.addprevious(spacing)
    spacing.set(tag("after"), str(round(points * 20)))


def put_caveats(filler: Filler, caveats: Caveats) -> None:
    """Set every caveat in order with the pattern paragraphs, as many as the edition has (D3)."""
    items = filler.with_name("caveat_item")
    purposes = filler.with_name("caveat_purpose")
    has_purposes = any(item.purposes for item in caveats.items)
    if len(items) != 1 or len(purposes) > 1 or (has_purposes and not purposes):
        raise LetterFault(_("The template must hold {{caveat_item}} once and {{caveat_purpose}} once."))
    anchor = items[0]

    def put(pattern: Any, name: str, text: str) -> Any:
        nonlocal anchor
        twin = deepcopy(pattern)
        anchor.addnext(twin)
        anchor = twin
        filler.fill(twin, {name: text})
        return twin

    for item in caveats.items:
        lead = put(items[0], "caveat_item", item.text)
        if item.purposes:
            _after(lead, 2)
        for number, text in enumerate(item.purposes, start=1):
            line = put(purposes[0], "caveat_purpose", text)
            if number == len(item.purposes):
                _after(line, 6)
    for pattern in (*items, *purposes):
        pattern.getparent().remove(pattern)


def put_items(filler: Filler, pairs: tuple[tuple[str, str], ...]) -> None:
    """The memo's five items: label and text word for word, with the two pattern paragraphs."""
    labels, texts = filler.with_name("item_label"), filler.with_name("item_text")
    if len(labels) != 1 or len(texts) != 1:
        raise LetterFault(_("The template must hold {{item_label}} once and {{item_text}} once."))
    scopes: list[Scope] = [{"item_label": label, "item_text": text} for label, text in pairs]

    def each(copies: list[Any], scope: Scope) -> None:
        for copy in copies:
            filler.fill(copy, scope)

    filler.repeat(_siblings(labels[0], texts[0]), scopes, each)
