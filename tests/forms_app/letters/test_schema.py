"""Children of every property element stand in the order that the format demands: Word is strict, others are not."""

import pytest
from lxml import etree

from forms_app.common.letters.render import render
from intranet.papers.package import W, read_package

from .samples import CAVEATS, memo, own_data, release

# ISO/IEC 29500-1, 17: the sequences of the property types, as far as letters use them.
ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
    ),
    "tcBorders": "top start left bottom end right insideH insideV",
    "tblCellMar": "top start left bottom end right",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
        "personal rsid pPr rPr tblPr trPr tcPr tblStylePr"
    ),
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p tbl",
    "settings": "zoom defaultTabStop characterSpacingControl compat",
    "font": "altName panose1 charset family notTrueType pitch sig",
}
MIXED = {"tc"}
SAMPLES = {
    **{
        f"{make.__name__}-{language}": make(language)
        for make in (release, own_data, memo)
        for language in ("en", "ar")
    },
    "translated": release(
        "ar", caveats=CAVEATS.__class__("1", CAVEATS.endorsed_on, CAVEATS.items, CAVEATS.items)
    ),
    "latin in arabic": release("ar", purpose="To plan.", signature=("PSEA Coordinator",)),
}


def local(element):
    return etree.QName(element).localname


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_order_of_properties(name):
    parts = read_package(render(SAMPLES[name]))
    seen = set()
    for part in [part for part in parts if part.startswith("word/") and part.endswith(".xml")]:
        for element in etree.fromstring(parts[part]).iter(f"{{{W}}}*"):
            kind = local(element)
            if kind not in ORDER or len(element) == 0:
                continue
            seen.add(kind)
            order = ORDER[kind].split()
            children = [local(child) for child in element if child.tag.startswith(f"{{{W}}}")]
            assert set(children) <= set(order), (part, kind, children)
            ranks = [order.index(child) for child in children if kind not in MIXED or child.endswith("Pr")]
            assert ranks == sorted(ranks), (part, kind, children)
    assert {"pPr", "rPr", "tblPr", "tcPr", "sectPr", "style"} <= seen


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_structure_that_word_repairs_otherwise(name):
    """Cells end with a paragraph, no two tables touch, styles and lists that are used exist, ids resolve."""
    parts = read_package(render(SAMPLES[name]))
    styles = {
        item.get(f"{{{W}}}styleId")
        for item in etree.fromstring(parts["word/styles.xml"]).iter(f"{{{W}}}style")
    }
    for part in [part for part in parts if part.startswith("word/") and part.endswith(".xml")]:
        root = etree.fromstring(parts[part])
        for cell in root.iter(f"{{{W}}}tc"):
            assert local(cell[-1]) == "p"
        for table in root.iter(f"{{{W}}}tbl"):
            following = table.getnext()
            assert following is not None
            assert local(following) == "p"
            widths = [int(column.get(f"{{{W}}}w")) for column in table.iter(f"{{{W}}}gridCol")]
            for row in table.findall(f"{{{W}}}tr"):
                cells = [int(item.get(f"{{{W}}}w")) for item in row.iter(f"{{{W}}}tcW")]
                assert cells == widths
        for kind in ("pStyle", "rStyle"):
            assert {item.get(f"{{{W}}}val") for item in root.iter(f"{{{W}}}{kind}")} <= styles
        for paragraph in root.iter(f"{{{W}}}p"):
            assert not list(paragraph.iter(f"{{{W}}}p"))[1:]
    relations = {item.get("Id") for item in etree.fromstring(parts["word/_rels/document.xml.rels"])}
    body = etree.fromstring(parts["word/document.xml"])
    used = {
        value
        for item in body.iter()
        for key, value in item.attrib.items()
        if key.endswith("relationships}id")
    }
    assert used <= relations


def test_one_list_definition_for_the_caveats():
    root = etree.fromstring(read_package(render(release()))["word/numbering.xml"])
    assert len(list(root.iter(f"{{{W}}}abstractNum"))) == 1
    assert [item.get(f"{{{W}}}val") for item in root.iter(f"{{{W}}}lvlText")] == ["%1.", "–"]


def test_paragraph_styles_come_in_pairs():
    root = etree.fromstring(read_package(render(release()))["word/styles.xml"])
    names = {
        item.find(f"{{{W}}}name").get(f"{{{W}}}val")
        for item in root.iter(f"{{{W}}}style")
        if item.get(f"{{{W}}}type") == "paragraph"
    } - {"Normal"}
    single = {name for name in names if not name.endswith(" RTL") and f"{name} RTL" not in names}
    assert single == {"Caveat Tag", "Caveat Item", "Caveat Purpose", "Caveat Single", "Rule Quote"}
    assert all(name.removesuffix(" RTL") in names for name in names)
