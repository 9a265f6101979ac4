"""The body of the office's memo template (D20): what is asked, what was answered, where to sign."""

from typing import TYPE_CHECKING

from intranet.papers.parts import CM, border, cell, para, row, run, table
from intranet.papers.styles import INK2, SURFACE

if TYPE_CHECKING:
    from .build_templates import Builder


def memo_body(builder: "Builder") -> str:
    """From the addressee to the signature line. Nothing is filled in for the office: it decides by hand."""
    keep = "<w:keepNext/>"
    rtl = builder.rtl
    above = f'<w:spacing w:before="{200 if rtl else 320}"/>'
    out = builder.p("Letter Address", builder.text("to"), ppr=above) + builder.p(
        "Letter Address", builder.text("from")
    )
    out += para("Letter Subject", run(builder.text("subject"), rtl), rtl)
    out += builder.p("Letter Body", builder.text("intro"))
    out += builder.p("Section Heading", builder.text("items_heading"))
    out += builder.p("Note", "{{item_label}}", ppr=keep)
    out += builder.p("Letter Body", "{{item_text}}")
    out += builder.p("Section Heading", builder.text("data_heading"))
    out += "".join(builder.p("Letter Body", builder.text(key)) for key in ("tables", "period", "consents"))
    out += builder.p("Letter Address", builder.text("data_set"), ppr=keep)
    out += builder.p("Letter Body", "{{data_set_sha256}}")
    out += builder.p("Section Heading", builder.text("statement_heading"))
    out += builder.p("Letter Body", builder.text("statement"), ppr=keep)
    out += builder.p("Letter Body", builder.text("yes"), ppr=keep)
    return out + _signing(builder) + para("Thin", "", rtl)


def _signing(builder: "Builder") -> str:
    label = round(4 * CM)
    width = 9071
    rows = ""
    for key, height in (("remarks", 900), ("sign_name", 560), ("sign_capacity", 560), ("sign_date", 900)):
        rule = border("bottom", 0.5, INK2)
        keep = "" if key == "sign_date" else "<w:keepNext/>"
        cells = cell(label, builder.p("Foot Text", builder.text(key), ppr=keep), "", SURFACE, "bottom")
        cells += cell(width - label, para("Foot Text", "", builder.rtl, keep), rule)
        rows += row(cells).replace(
            "<w:cantSplit/>", f'<w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        )
    return table((label, width - label), rows, builder.rtl, bottom=2)
