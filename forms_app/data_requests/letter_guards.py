"""What would keep the letter from being made is found before anybody is asked (§7B.5)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from intranet.workflow.machine import ALLOWED, Context, Decision

from . import letter


def letter_names_no_signatory(context: Context) -> Decision:
    """The letter prints recipient and purpose as they were written, and refuses a signatory's name in them."""
    found = letter.signatory_in_it(context.obj, context.now)
    if found is None:
        return ALLOWED
    return Decision(
        False,
        _(
            "“%(label)s” names a signatory (%(name)s), and the letter prints it. "
            "Ask the receiving party for a text without that name."
        )
        % {"label": found[0], "name": found[1]},
        "§7B.5",
    )
