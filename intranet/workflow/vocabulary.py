"""Words for what no table and no model names: acts, what they are about, jobs, fields called alike everywhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

# Acts without a transition table; floors above add theirs.
ACTS: dict[str, StrOrPromise] = {
    "access.open": gettext_lazy("Opened a page"),
    "access.sign_in": gettext_lazy("Signed in"),
    "access.sign_out": gettext_lazy("Signed out"),
    "access.capacity": gettext_lazy("Chose a capacity"),
    "access.code": gettext_lazy("Typed a code"),
    "access.step_up": gettext_lazy("Confirmed with a fresh code"),
    "access.locked_out": gettext_lazy("Locked out after too many failures"),
    "access.address_closed": gettext_lazy("Closed an address after too many failures"),
    "access.reset_asked": gettext_lazy("Asked for a new password"),
    "access.password_reset": gettext_lazy("Chose a new password by the mailed link"),
    "access.password_changed": gettext_lazy("Changed the password"),
    "access.address_before_use": gettext_lazy("Followed a corrected address before its first use"),
    "access.address_changed": gettext_lazy("Changed the address with which one signs in"),
    "access.enrolled": gettext_lazy("Set up the second factor"),
    "access.device_replaced": gettext_lazy("Replaced the second factor"),
    "access.codes_renewed": gettext_lazy("Renewed the backup codes"),
    "access.disabled": gettext_lazy("Removed the second factor"),
    "account.open": gettext_lazy("Opened an account"),
    "account.technical": gettext_lazy("Opened a technical account"),
    "account.deactivate": gettext_lazy("Deactivated an account"),
    "account.reactivate": gettext_lazy("Opened an account again"),
    "calendar.add_day": gettext_lazy("Added a non-working day"),
    "calendar.change_day": gettext_lazy("Changed a non-working day"),
    "calendar.cancel_day": gettext_lazy("Cancelled a non-working day"),
    "calendar.load_year": gettext_lazy("Loaded a year of public holidays"),
    "calendar.confirm_year": gettext_lazy("Confirmed the calendar of a year"),
    "network.found": gettext_lazy("Founded the network"),
    "network.change_settings": gettext_lazy("Changed the network’s settings"),
    "notices.copy_text": gettext_lazy("Opened the text of an undelivered mail"),
    "notices.try_again": gettext_lazy("Asked for another try of a mail"),
    "files.download": gettext_lazy("Downloaded a file"),
    "account.stays": gettext_lazy("Called off the end of access: another post was filled"),
    "account.end_access": gettext_lazy("Set the hour at which access ends"),
    "access.sessions_ended": gettext_lazy("Ended all own sessions"),
    "recovery.on_the_server": gettext_lazy("Opened a way back on the server"),
    "register.annex": gettext_lazy("Printed the list of signatories"),
    "register.export": gettext_lazy("Exported the register of signatories"),
    "reference_data.save": gettext_lazy("Saved reference data"),
    "audit.read_events": gettext_lazy("Read the event log"),
    "audit.read_access": gettext_lazy("Read the access log"),
    "audit.export_access": gettext_lazy("Downloaded the access log"),
}

# What events are about beside the governed objects.
NOUNS: dict[str, StrOrPromise] = {
    "account": gettext_lazy("account"),
    "calendar": gettext_lazy("calendar of a year"),
    "month": gettext_lazy("month of all organizations"),
    "notice": gettext_lazy("mail"),
    "page": gettext_lazy("page of the site"),
    "screen": gettext_lazy("page of the system"),
}

# Jobs and commands that act, by the name that follows "system:".
JOBS: dict[str, StrOrPromise] = {
    "run_due": gettext_lazy("the hourly job"),
    "data_requests": gettext_lazy("the hourly job"),
    "deliver": gettext_lazy("the mail job"),
    "installation": gettext_lazy("the installation"),
    "found_network": gettext_lazy("the installation"),
    "adopt_protocol": gettext_lazy("the installation"),
    "invite": gettext_lazy("the installation"),
    "rehearsal": gettext_lazy("the installation"),
    "signatory annex": gettext_lazy("the annex of signatories"),
}

# Fields that are called the same everywhere.
COMMON: dict[str, StrOrPromise] = {
    "answers": gettext_lazy("answers the entry"),
    "at": gettext_lazy("time of the act"),
    "by": gettext_lazy("by whom"),
    "capacity": gettext_lazy("in which capacity"),
    "data_set_sha256": gettext_lazy("fingerprint of the figures (SHA-256)"),
    "edition_label": gettext_lazy("edition"),
    "edition_number": gettext_lazy("edition"),
    "edition_sha256": gettext_lazy("fingerprint of the text (SHA-256)"),
    "effective_on": gettext_lazy("takes effect on"),
    "file": gettext_lazy("file"),
    "in_effect": gettext_lazy("in effect"),
    "kind": gettext_lazy("kind"),
    "language": gettext_lazy("language"),
    "note": gettext_lazy("note"),
    "number": gettext_lazy("number"),
    "organization": gettext_lazy("organization"),
    "person": gettext_lazy("person"),
    "reason": gettext_lazy("reason"),
    "received_how": gettext_lazy("how it arrived"),
    "received_on": gettext_lazy("received on"),
    "recorded_at": gettext_lazy("recorded at"),
    "recorded_by": gettext_lazy("recorded by"),
    "recorded_capacity": gettext_lazy("recorded in which capacity"),
    "review_on": gettext_lazy("expected review"),
    "state": gettext_lazy("state"),
    "statement": gettext_lazy("statement"),
}
