"""Notes of practice: what the network does for each clause, by the recorded decisions; and where it does nothing here.

Every one is labelled "network practice, not protocol text" in the reader. A slice may add its own. A test asks that
each block of the text has a note or stands in ``SILENT``.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from . import blocks as b
from .practice import Note

_ITEMS = _("The form of a request asks for it; nothing is sent to organizations without it.")
_WHO_ASKS = _("Whoever registers a request")
_CAVEATS = _(
    "The site prints the caveats in the letter of each release, word for word from the edition in force."
)
_COORDINATOR = _("The PSEA Coordinator")

NOTES = (
    Note(
        "2",
        _(
            "Each organization stands in the register as what it is; who has endorsed is listed, with the edition."
        ),
        "endorsements",
        _("Who has endorsed"),
        who=_COORDINATOR,
        when=_("when an organization joins"),
    ),
    Note(
        "3",
        _("Everybody sees what their post opens, and never the figures of another organization."),
        who=_("Everyone who signs in"),
        when=_("always"),
    ),
    Note(
        "4.b",
        _(
            "Agreements between partners and UN agencies are kept here. The notification itself goes outside this site."
        ),
        "agreements",
        _("Partner agreements"),
        who=_("Implementing partners, then their UN agency"),
        when=_("whenever they receive an allegation"),
    ),
    Note(
        "4.c",
        _(
            "What the inter-agency channel received has a row of its own, so that nothing counts twice. "
            "The notification itself goes outside this site."
        ),
        "board",
        _("Board of the months"),
        who=_("Focal points of UN agencies; the PSEA Coordinator"),
        when=_("each month"),
    ),
    Note(
        "4.f",
        _("A member suspends sharing by one act addressed to the office; nobody approves it."),
        "take-part",
        _("Take part"),
        who=_("The organization, its Head of Agency or signer"),
        when=_("whenever it sees the need"),
    ),
    Note(
        "4.g",
        _(
            "Reports are numbers and answers to choose from; no form about figures has a field for free words."
        ),
        who=_("Everyone who reports"),
        when=_("always"),
    ),
    Note(
        "5",
        _("Reports are written on this site behind a second factor; no file with a password travels."),
        "reports",
        _("My organization's reports"),
        who=_("Focal points; the PSEA Coordinator"),
        when=_("every month"),
    ),
    Note(
        "6.1",
        _(
            "Due on a day of the month that the network sets. Nothing to report is a signed statement, never a blank."
        ),
        "reports",
        _("My organization's reports"),
        who=_("Focal points of each signatory"),
        when=_("every month, by the day that the network sets"),
    ),
    Note(
        "6.2",
        _(
            "The Coordinator sees every month and organization on one board; corrections are new versions. "
            "The aggregate report is made outside this site."
        ),
        "board",
        _("Board of the months"),
        who=_("The PSEA Coordinator"),
        when=_("every month"),
    ),
    Note(
        "6.3",
        _("Dates, agendas and minutes stand under Meetings; the discussion takes place there."),
        "meetings",
        _("Meetings"),
        who=_("All members of the network"),
        when=_("every month"),
    ),
    *(
        Note(
            address,
            _(
                "Own statistics leave as a note in Word, with the caveat word for word from the edition in force."
            ),
            "own-data",
            _("Own statistics"),
            who=_("An organization, about its own data"),
            when=_("whenever it needs them"),
        )
        for address in ("7A.1", "7A.2", "7A.caveat")
    ),
    Note(
        "7A.3",
        _("A media request leaves for its own register at once; no figures can be attached to it."),
        "media-register",
        _("Media requests"),
        who=_("Whoever is asked by the media"),
        when=_("at once"),
    ),
    Note(
        "7B.0",
        _(
            "Each request is a round of its own, registered with the five items; the office is consulted first."
        ),
        "requests",
        _("Data requests"),
        who=_("The PSEA Coordinator"),
        when=_("each time somebody asks"),
    ),
    *(
        Note(f"7B.0.{item}", _ITEMS, who=_WHO_ASKS, when=_("at the start"))
        for item in ("i", "ii", "iii", "iv")
    ),
    Note(
        "7B.0.v",
        _("The guarantee is kept with name, title, organization, date, text and file."),
        who=_("The receiving party; the PSEA Coordinator records it"),
        when=_("before the release"),
    ),
    Note(
        "7B.fwd",
        _("Any member hands a request on in one minute, without figures."),
        "request-kind",
        _("Forward a request"),
        who=_("Every member who is asked"),
        when=_("at once"),
    ),
    Note(
        "7B.1",
        _(
            "The Coordinator, one act for all organizations: to both focal points, copy to the Head of Agency."
        ),
        "requests",
        _("Data requests"),
        who=_("The PSEA Coordinator"),
        when=_("when the office was consulted"),
    ),
    Note(
        "7B.2",
        _(
            "Senior management, 5 business days from the follow-up: Sunday to Thursday, the day of sending is not "
            "counted, holidays are skipped. Before the follow-up, focal points have 5 business days. Silence stays "
            "silence."
        ),
        "calendar-now",
        _("Calendar of business days"),
        who=_("Focal points, then senior management"),
        when=_("within 5 business days each"),
    ),
    Note(
        "7B.3",
        _("A new question to those who authorized, about exactly the data that would be shared now."),
        who=_("The PSEA Coordinator"),
        when=_("when the term of the silent ones is over"),
    ),
    Note(
        "7B.4",
        _("All of them agree, or nothing is shared; fewer than three organizations left: nothing is shared."),
        who=_("Everyone who authorized"),
        when=_("within 5 business days"),
    ),
    Note(
        "7B.5",
        _(
            "Only national tables, each cell from at least three organizations; nobody is named in the letter."
        ),
        who=_("The PSEA Coordinator"),
        when=_("before anything leaves"),
    ),
    Note(
        "7B.6",
        _("A party that breaks its guarantee is suspended: nothing more leaves to it."),
        "parties",
        _("Suspended receiving parties"),
        who=_("The receiving party; the DSRSG/HC/RC office decides"),
        when=_("as soon as it is known"),
    ),
    Note(
        "7B.7",
        _(
            "A person of the office authorizes in writing, bound to the exact data set; any change of data voids it."
        ),
        "releases",
        _("Register of releases"),
        who=_("The DSRSG/HC/RC office"),
        when=_("before the release"),
    ),
    *(
        Note(
            address,
            _CAVEATS,
            "releases",
            _("Register of releases"),
            who=_COORDINATOR,
            when=_("with each release"),
        )
        for address in ("C1", "C2", "C2.1", "C2.2", "C2.3", "C2.4", "C2.5", "C2.6", "C3")
    ),
    Note(
        "8",
        _("A review is due each 31 January. A year without a record reads “not recorded”."),
        "reviews",
        _("Annual review"),
        who=_("All signatories; the Coordinator keeps it going"),
        when=_("by each 31 January"),
    ),
    Note(
        "9.f",
        _("One act stops the flow of data, with the reasons in writing; the Coordinator is told at once."),
        "take-part",
        _("Take part"),
        who=_("The organization, its Head of Agency or signer"),
        when=_("when the protocol is breached"),
    ),
    Note(
        "9.h",
        _("The Coordinator puts requests on hold until the breach is resolved."),
        "requests",
        _("Data requests"),
        who=_COORDINATOR,
        when=_("when the protocol is breached"),
    ),
    Note(
        "9.i",
        _("Withdrawal: a written statement by the person who signed, or a recorded successor."),
        "take-part",
        _("Take part"),
        who=_("The individual who signed"),
        when=_("whenever it decides so"),
    ),
)

# Where no note stands: the sentence, the addresses, and the kinds of block for which it is said.
SILENT: tuple[tuple[StrOrPromise, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        _("The network does this outside this site; the PSEA Coordinator answers questions."),
        ("4.0", "4.a", "4.d", "4.e", "9.a", "9.b", "9.c", "9.d"),
        (),
    ),
    (_("Nothing is asked of anyone by this text."), ("1", "9.e"), (b.LETTERHEAD, b.TITLE, b.ENDORSEMENT)),
    (_("What is done stands under the clauses that follow."), ("7B.steps",), (b.HEADING,)),
    (_("What is done stands under the clause that this footnote explains."), (), (b.FOOTNOTE,)),
)
