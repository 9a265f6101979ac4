"""Putting a template in use: the file is stored, the one before steps back in the same act."""

from __future__ import annotations

from forms_app.common.letters.build_templates import template_name
from intranet.files import store
from intranet.workflow import runner
from intranet.workflow.machine import Context

from . import selectors
from .models import LetterTemplate


def take_the_place(context: Context) -> None:
    """The earlier template of this kind and language, if there is one, is replaced."""
    template: LetterTemplate = context.obj
    earlier = selectors.of(template.kind, template.language)
    if earlier is not None:
        runner.perform(earlier, "replace", context.actor, context.now)


def keep_file(context: Context) -> None:
    """Store the file under the name of what it is."""
    template: LetterTemplate = context.obj
    template.put_at, template.put_by = context.now, context.actor.label
    template.file = store.store(
        template_name(template.kind, template.language),
        context.data["content"],
        template,
        context.now,
        content_type=store.DOCX,
    )
    context.result["event"] = {"file": template.file.sha256}
