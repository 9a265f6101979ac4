"""A file that would not give a whole, verified letter does not become a template (§7B.7, D3)."""

from __future__ import annotations

from forms_app.common.letters.checks import check_template
from intranet.workflow.machine import ALLOWED, Context, Decision

from .models import LetterTemplate


def gives_a_letter(context: Context) -> Decision:
    """Every placeholder there, the caveats word for word in a letter made for trial, nothing hidden in the file."""
    template: LetterTemplate = context.obj
    problems = check_template(context.data["content"], template.kind, template.language)  # type: ignore[arg-type]
    return Decision(False, " ".join(problems), "§7B.7") if problems else ALLOWED
