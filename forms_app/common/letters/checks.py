"""Is this Word file fit to replace a letter template? Answered in sentences that say what to mend.

The office edits letterhead and wording in Word and uploads the result. A replacement that loses a caveat, the
numbers or the hash, or that carries macros, links, tracked changes or hidden text, is refused as a whole.
"""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from intranet.papers.faults import LetterFault, TemplateFault
from intranet.papers.letterhead import Language
from intranet.papers.package import Parts, parse, read_package

from .context import Kind
from .fill import PLACEHOLDER, ancestor, is_rtl, names_in, paragraph_text, rtl_styles, tag
from .render import render
from .safety import unsafe
from .trial import trial_context
from .values import scope_of

BLOCKS: dict[str, tuple[str, ...]] = {
    "tables": (
        *("table_number", "table_title", "table_description", "label_head", "figure_head"),
        *("row_label", "row_figure", "row_total"),
    ),
    "caveats": ("caveat_item", "caveat_purpose"),
    "items": ("item_label", "item_text"),
}
_LETTER = (
    *("caveat_item", "edition_number", "data_set_sha256", "recipient_name", "recipient_organization"),
    *("period", "table_title", "row_label", "row_figure", "row_total"),
)
REQUIRED: dict[Kind, tuple[str, ...]] = {
    "release": (
        *("letter_number", "request_number", "purpose", "completeness", "caveat_purpose"),
        *("guaranteed_on", "authorization_capacity", "authorized_on"),
        *_LETTER,
    ),
    "own_data": ("letter_number", "organization", *_LETTER),
    "memo": (
        *(
            "request_number",
            "receiving_party",
            "item_label",
            "item_text",
            "table_names",
            "period",
            "consents",
        ),
        *("data_set_sha256", "edition_number"),
    ),
}
REASONS = {
    "caveat_item": gettext_noop("the caveats of the protocol would be lost"),
    "caveat_purpose": gettext_noop("the purposes in caveat 2 would be lost"),
    "onward_rule": gettext_noop("the rule on onward sharing would be lost"),
    "data_set_sha256": gettext_noop("nobody could tell which data set the letter belongs to"),
    "completeness": gettext_noop("nobody could see how complete the data is"),
    "authorization_capacity": gettext_noop("the office's authorization would be lost"),
    "authorized_on": gettext_noop("the office's authorization would be lost"),
}
ALONE = ("caveat_item", "caveat_purpose", "onward_rule", "item_text")
_BROKEN = re.compile(r"\{\{[^{}]*\}\}|\{\{|\}\}")
_TEXT_PARTS = re.compile(r"word/(document|header\d+|footer\d+)\.xml")


def _mark(name: str) -> str:
    return "{{" + name + "}}"


def known_placeholders(kind: Kind, language: Language) -> set[str]:
    """Every name that a template of this kind may use."""
    names = set(scope_of(trial_context(kind, language)))
    blocks = ("items",) if kind == "memo" else ("tables", "caveats")
    return names | {name for block in blocks for name in BLOCKS[block]}


def required_placeholders(kind: Kind, language: Language) -> tuple[str, ...]:
    """The names without which a template is refused. The English letter quotes the rule of §7B.6 too."""
    more = ("onward_rule",) if kind == "release" and language == "en" else ()
    return REQUIRED[kind] + more


def _wording(parts: Parts, kind: Kind, language: Language) -> list[str]:
    problems: list[str] = []
    found: dict[str, list[tuple[str, Any]]] = {}
    for part in sorted(name for name in parts if _TEXT_PARTS.fullmatch(name)):
        root = parse(parts[part])
        for paragraph in root.iter(tag("p")):
            text = paragraph_text(paragraph)
            for name in names_in(paragraph):
                found.setdefault(name, []).append((part, paragraph))
            for broken in _BROKEN.findall(PLACEHOLDER.sub("", text)):
                problems.append(
                    _("“%(text)s” is not a placeholder: write it as {{name}}, in small letters.")
                    % {"text": broken}
                )
    known = known_placeholders(kind, language)
    for name in sorted(set(found) - known):
        problems.append(_("The placeholder %(mark)s is not known in this letter.") % {"mark": _mark(name)})
    for name in required_placeholders(kind, language):
        places = found.get(name, [])
        if not places:
            problems.append(_missing(name))
        elif name in ALONE:
            problems += _alone(name, places)
    return problems


def _missing(name: str) -> str:
    if name in REASONS:
        return _("The placeholder %(mark)s is missing: %(reason)s.") % {
            "mark": _mark(name),
            "reason": _(REASONS[name]),
        }
    return _("The placeholder %(mark)s is missing.") % {"mark": _mark(name)}


def _alone(name: str, places: list[tuple[str, Any]]) -> list[str]:
    problems = []
    if len(places) != 1 or places[0][0] != "word/document.xml":
        problems.append(_("%(mark)s must stand once, in the body of the letter.") % {"mark": _mark(name)})
    for _part, paragraph in places:
        if not PLACEHOLDER.fullmatch(paragraph_text(paragraph).strip()):
            problems.append(
                _("%(mark)s must stand alone in its paragraph, so that the text stays word for word.")
                % {"mark": _mark(name)}
            )
    return problems


def _layout(parts: Parts, kind: Kind, language: Language) -> list[str]:
    problems = []
    body = parse(parts["word/document.xml"])
    styles = rtl_styles(parse(parts["word/styles.xml"]))
    paragraphs = [item for item in body.iter(tag("p")) if paragraph_text(item).strip()]
    arabic = sum(is_rtl(item, styles) for item in paragraphs) * 2 > len(paragraphs)
    if arabic != (language == "ar"):
        problems.append(_("The file is the template of the other language."))
    for paragraph in paragraphs:
        if names_in(paragraph) in (["caveat_item"], ["caveat_purpose"]) and is_rtl(paragraph, styles):
            problems.append(_("The caveats are English: their paragraphs must run from left to right."))
            break
    if kind != "memo":
        rows = [item for item in body.iter(tag("p")) if "row_label" in names_in(item)]
        if any(ancestor(item, "tbl") is None for item in rows):
            problems.append(_("%(mark)s must stand in a table row.") % {"mark": "{{row_label}}"})
    pictures = b"".join(parts[name] for name in parts if re.fullmatch(r"word/footer\d+\.xml", name))
    if b"{{qr}}" not in pictures:
        problems.append(
            _("The square code is missing in the footer: a picture whose alternative text is %(mark)s.")
            % {"mark": "{{qr}}"}
        )
    return problems


def check_template(data: bytes, kind: Kind = "release", language: Language = "en") -> list[str]:
    """Sentences for everything that keeps this file from being a template of this kind; empty: it is fit.

    Looks at safety first, then at the placeholders, then makes and verifies a trial letter from it.
    """
    try:
        parts = read_package(data)
        problems = unsafe(parts)
        if problems:
            return problems
        if "word/styles.xml" not in parts:
            return [_("The file has no styles. Start from the template that the system gives you.")]
        problems = _wording(parts, kind, language) + _layout(parts, kind, language)
        if problems:
            return list(dict.fromkeys(problems))
        render(trial_context(kind, language), data)
    except TemplateFault as fault:
        return fault.problems
    except LetterFault as fault:
        return [str(fault)]
    return []
