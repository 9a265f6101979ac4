"""``{% glossary_words text %}`` under a text, ``{% glossary_beside label %}`` beside a form's label."""

from __future__ import annotations

from typing import Any

from django import template

from .. import glossary

register = template.Library()
MOST_BESIDE = 2  # terms of one label


def _holder(context: template.Context) -> Any:
    """What this page has read and shown already: terms are read once, each is explained once."""
    request = context.get("request")
    return context.render_context if request is None else request.__dict__


def _words(context: template.Context) -> list[glossary.Word]:
    holder = _holder(context)
    if "_glossary_words" not in holder:
        holder["_glossary_words"] = glossary.all_words()
    words: list[glossary.Word] = holder["_glossary_words"]
    return words


@register.inclusion_tag("protocol_pages/_words.html", takes_context=True)
def glossary_words(context: template.Context, text: str) -> dict[str, Any]:
    """The terms that a text uses, folded under it."""
    return {"terms": glossary.used_in(text, _words(context))}


@register.inclusion_tag("protocol_pages/_beside.html", takes_context=True)
def glossary_beside(context: template.Context, label: object) -> dict[str, Any]:
    """What a label's terms mean, each the first time it stands on the page."""
    request = context.get("request")
    if getattr(request, "actor", None) is None:  # the doors: nothing of the inside, and no query
        return {"terms": []}
    shown: set[str] = _holder(context).setdefault("_glossary_shown", set())
    terms = [word for word in glossary.used_in(str(label), _words(context)) if word.pk not in shown]
    shown.update(word.pk for word in terms[:MOST_BESIDE])
    return {"terms": terms[:MOST_BESIDE]}
