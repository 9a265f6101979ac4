"""What a signatory takes on, each with its clause: the summary on the screen and on the certificate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

DUTIES = (
    (gettext_lazy("Report every month to the PSEA Coordinator and the DSRSG/HC/RC office."), "§6.1"),
    (gettext_lazy("Share numbers only, and nothing that identifies anybody."), "§4.g"),
    (gettext_lazy("Keep what is shared secure, with a password where data travels."), "§5"),
    (gettext_lazy("Share the standards inside the organization."), "§4.h"),
    (
        gettext_lazy("Answer when the network asks to share consolidated data; silence is never a yes."),
        "§7B.2",
    ),
    (gettext_lazy("Help to resolve a breach; stop, suspend or leave only in writing."), "§9.f"),
)
