"""Put facts into a template: one pass, plain placeholders, no expressions.

`{{name}}` anywhere in a paragraph is replaced by text in the format that it stands in; Word may have cut it
into several runs. Nothing in a template is evaluated, and text that was put in is never read again, so a
purpose that contains braces stays as it is.

- A paragraph that is nothing but a placeholder is repeated for a value of several lines and removed for an
  empty one.
- The caption paragraph, what follows it, and the table with `{{row_label}}` are repeated for each table;
  that row for each figure.
- `{{caveat_item}}` and `{{caveat_purpose}}` are patterns: the caveats are set in their order with them.
- `{{item_label}}` and `{{item_text}}` (memo) are patterns of pairs.
"""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from intranet.papers.bidi import clean, has_rtl, held, segments
from intranet.papers.faults import LetterFault
from intranet.papers.package import W

PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
Value = str | tuple[str, ...]
Scope = dict[str, Value]
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KEEP_WHEN_EMPTY = frozenset({"specimen"})


def tag(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def paragraph_text(paragraph: Any) -> str:
    """The text of a paragraph: its runs' text, tabs and breaks left out."""
    return "".join(node.text or "" for node in paragraph.iter(tag("t")))


def names_in(paragraph: Any) -> list[str]:
    """The placeholders of a paragraph, in order."""
    return PLACEHOLDER.findall(paragraph_text(paragraph))


def rtl_styles(styles: Any) -> set[str]:
    """Ids of the paragraph styles that run right to left, own or inherited."""
    facts = {}
    for style in styles.iter(tag("style")):
        based = style.find(tag("basedOn"))
        bidi = style.find(f"{tag('pPr')}/{tag('bidi')}")
        facts[style.get(tag("styleId"))] = (based.get(tag("val")) if based is not None else None, _on(bidi))
    out = set()
    for key in facts:
        current, seen = key, set()
        while current in facts and current not in seen:
            seen.add(current)
            parent, own = facts[current]
            if own is not None:
                if own:
                    out.add(key)
                break
            current = parent
    return out


def _on(element: Any) -> bool | None:
    if element is None:
        return None
    return element.get(tag("val")) not in ("0", "false", "off")


def is_rtl(paragraph: Any, styles: set[str]) -> bool:
    """Whether a paragraph runs right to left, by itself or by its style."""
    props = paragraph.find(tag("pPr"))
    if props is None:
        return False
    own = _on(props.find(tag("bidi")))
    if own is not None:
        return own
    style = props.find(tag("pStyle"))
    return style is not None and style.get(tag("val")) in styles


_AFTER_BIDI = tuple(
    tag(name)
    for name in (
        *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents"),
        *("suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl"),
        *("divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    )
)


_OTHER_SIDE = {"start": "end", "end": "start"}


def turn_ltr(paragraph: Any) -> None:
    """Let a paragraph that holds nothing but left-to-right text run from left to right in an Arabic letter.

    In a table cell (addressee, signature) it stays at the side where the Arabic lines begin; a figure stays
    at the side that its style gave it, so that units stand under units: start and end change places.
    """
    props = paragraph.find(tag("pPr"))
    for old in props.findall(tag("bidi")):
        props.remove(old)
    mark = props.makeelement(tag("bidi"), {tag("val"): "0"})
    place = next((child for child in props if child.tag in _AFTER_BIDI), None)
    props.append(mark) if place is None else place.addprevious(mark)
    given = props.find(tag("jc"))
    if given is not None and given.get(tag("val")) in _OTHER_SIDE:
        given.set(tag("val"), _OTHER_SIDE[given.get(tag("val"))])
    elif ancestor(paragraph, "tc") is not None and given is None:
        align = props.makeelement(tag("jc"), {tag("val"): "end"})
        place = next((child for child in props if child.tag in _AFTER_BIDI[8:]), None)
        props.append(align) if place is None else place.addprevious(align)


def _single_content(paragraph: Any) -> None:
    """Cut runs with several contents into runs with one, so that text can be replaced run by run."""
    for run in list(paragraph.iter(tag("r"))):
        props = run.find(tag("rPr"))
        contents = [child for child in run if child is not props]
        for child in reversed(contents[1:]):
            twin = run.makeelement(tag("r"), {})
            if props is not None:
                twin.append(deepcopy(props))
            twin.append(child)
            run.addnext(twin)


_AFTER_RTL = tuple(tag(name) for name in ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath"))


def _direction(run: Any, right: bool, paragraph_rtl: bool) -> None:
    props = run.find(tag("rPr"))
    if props is None:
        props = run.makeelement(tag("rPr"), {})
        run.insert(0, props)
    for name in ("rtl", "cs", "lang"):
        for old in props.findall(tag(name)):
            props.remove(old)
    style = props.find(tag("rStyle"))
    if style is not None and style.get(tag("val")) == "LTRRun":
        props.remove(style)
        style = None
    if right:
        place = next((child for child in props if child.tag in _AFTER_RTL), None)
        mark = props.makeelement(tag("rtl"), {})
        props.append(mark) if place is None else place.addprevious(mark)
    elif paragraph_rtl:
        if style is None:
            props.insert(0, props.makeelement(tag("rStyle"), {tag("val"): "LTRRun"}))
        else:
            props.append(props.makeelement(tag("lang"), {tag("val"): "en-GB", tag("bidi"): "en-GB"}))
    if len(props) == 0:
        run.remove(props)


def _value_runs(pattern: Any, value: str, rtl: bool) -> list[Any]:
    runs = []
    for number, line in enumerate(value.split("\n")):
        if number:
            broken = pattern.makeelement(tag("r"), {})
            broken.append(broken.makeelement(tag("br"), {}))
            runs.append(broken)
        for piece, right in segments(held(line) if rtl else line, rtl):
            run = pattern.makeelement(tag("r"), {})
            props = pattern.find(tag("rPr"))
            if props is not None:
                run.append(deepcopy(props))
            _direction(run, right, rtl)
            run.append(_text(run, piece))
            runs.append(run)
    return runs


def _text(parent: Any, text: str) -> Any:
    node = parent.makeelement(tag("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    node.text = text
    return node


def safe_text(value: str) -> str:
    """A value as it may stand in a letter. Raises LetterFault for characters that no document can hold."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    bad = _ILLEGAL.search(value)
    if bad:
        raise LetterFault(
            _("A text holds a character that cannot be printed (U+%(code)s); remove it.")
            % {"code": f"{ord(bad.group()):04X}"}
        )
    return clean(value)


def unknown(name: str) -> LetterFault:
    """The fault of a template that asks for something that its kind of letter does not have."""
    mark = "{{" + name + "}}"
    return LetterFault(_("The template asks for %(mark)s, which this letter does not have.") % {"mark": mark})


def fill_paragraph(paragraph: Any, scope: Scope, rtl: bool) -> None:
    """Replace every placeholder of one paragraph, in one pass."""
    if "{{" not in paragraph_text(paragraph):
        return
    _single_content(paragraph)
    nodes = list(paragraph.iter(tag("t")))
    spans, position = [], 0
    for node in nodes:
        length = len(node.text or "")
        spans.append((position, position + length, node))
        position += length
    text = "".join(node.text or "" for node in nodes)
    for match in reversed(list(PLACEHOLDER.finditer(text))):
        value = scope.get(match.group(1))
        if value is None:
            raise unknown(match.group(1))
        line = safe_text(value if isinstance(value, str) else "\n".join(value))
        _replace(spans, match.start(), match.end(), line, rtl)
    for node in list(paragraph.iter(tag("t"))):
        run = node.getparent()
        if not node.text and run.getparent() is not None:
            run.getparent().remove(run)


def _replace(spans: list[tuple[int, int, Any]], start: int, end: int, value: str, rtl: bool) -> None:
    """Put `value` in place of the characters from `start` to `end`; later text is already done."""
    first = next(span for span in spans if span[0] <= start < span[1])
    last = next(span for span in spans if span[0] < end <= span[1])
    run = first[2].getparent()
    tail = last[2].text[end - last[0] :]
    if first[2] is last[2]:
        if tail:
            twin = deepcopy(run)
            node = twin.find(tag("t"))
            node.text = tail
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addnext(twin)
    else:
        last[2].text = tail
        last[2].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for low, high, node in spans:
            if first[1] <= low and high <= last[0]:
                node.text = ""
    first[2].text = first[2].text[: start - first[0]]
    first[2].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for new in reversed(_value_runs(run, value, rtl) if value else []):
        run.addnext(new)


class Filler:
    """Fills one part (document, header or footer) from one scope."""

    def __init__(self, root: Any, scope: Scope, styles: set[str]) -> None:
        self.root, self.scope, self.styles = root, scope, styles
        self.done: set[Any] = set()

    def fill(self, element: Any, extra: Scope | None = None) -> None:
        """Fill every paragraph under `element` that is not filled yet; table titles too."""
        scope = self.scope | extra if extra else self.scope
        for paragraph in list(element.iter(tag("p"))):
            if paragraph in self.done:
                continue
            self.done.add(paragraph)
            names = names_in(paragraph)
            if len(names) == 1 and PLACEHOLDER.fullmatch(paragraph_text(paragraph).strip()):
                value = scope.get(names[0])
                if isinstance(value, tuple):
                    self._repeat_lines(paragraph, names[0], value, scope)
                    continue
                if value == "" and names[0] not in KEEP_WHEN_EMPTY:
                    self.remove(paragraph)
                    continue
                if isinstance(value, str) and is_rtl(paragraph, self.styles) and not has_rtl(value):
                    turn_ltr(paragraph)
            fill_paragraph(paragraph, scope, is_rtl(paragraph, self.styles))
        for name in ("tblCaption", "tblDescription"):
            for node in list(element.iter(tag(name))):
                if node not in self.done:
                    self.done.add(node)
                    self._attribute(node, scope)

    def _attribute(self, node: Any, scope: Scope) -> None:
        key = tag("val")

        def put(match: re.Match[str]) -> str:
            value = scope.get(match.group(1))
            if not isinstance(value, str):
                raise unknown(match.group(1))
            return safe_text(value)

        text = node.get(key, "")
        if PLACEHOLDER.search(text):
            node.set(key, PLACEHOLDER.sub(put, text))

    def _repeat_lines(self, paragraph: Any, name: str, lines: Iterable[str], scope: Scope) -> None:
        last = paragraph
        for line in [line for line in lines if line]:
            twin = deepcopy(paragraph)
            last.addnext(twin)
            last = twin
            self.done.add(twin)
            if is_rtl(twin, self.styles) and not has_rtl(line):
                turn_ltr(twin)
            fill_paragraph(twin, scope | {name: line}, is_rtl(twin, self.styles))
        self.remove(paragraph)

    def remove(self, paragraph: Any) -> None:
        """Take a paragraph out; a cell keeps at least one, empty."""
        parent = paragraph.getparent()
        if parent.tag == tag("tc") and len(parent.findall(tag("p"))) == 1:
            for child in list(paragraph):
                if child.tag != tag("pPr"):
                    paragraph.remove(child)
            return
        parent.remove(paragraph)

    def with_name(self, name: str) -> list[Any]:
        """The paragraphs that hold a placeholder."""
        return [item for item in self.root.iter(tag("p")) if name in names_in(item)]

    def repeat(
        self, pattern: list[Any], scopes: list[Scope], each: Callable[[list[Any], Scope], None]
    ) -> None:
        """Copy a run of sibling elements once for each scope, hand each copy to `each`, drop the pattern."""
        anchor = pattern[-1]
        for scope in scopes:
            copies = [deepcopy(element) for element in pattern]
            for copy in copies:
                anchor.addnext(copy)
                anchor = copy
            each(copies, scope)
        for element in pattern:
            element.getparent().remove(element)


def ancestor(element: Any, name: str) -> Any:
    """The nearest element of a kind around `element`, or None."""
    current = element.getparent()
    while current is not None and current.tag != tag(name):
        current = current.getparent()
    return current
