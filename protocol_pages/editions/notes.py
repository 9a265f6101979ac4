"""The first notes of practice: what the shipped slices do for each clause, by the recorded decisions.

Every one is labelled "network practice, not protocol text" in the reader. A slice may add its own.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .practice import Note

NOTES = (
    Note(
        "4.f",
        _("A member suspends sharing by one act addressed to the office; nobody approves it."),
        "take-part",
        _("Take part"),
        who=_("The organization, its Head of Agency or signer"),
        when=_("whenever it sees the need"),
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
        _("The Coordinator sees every month and organization on one board; corrections are new versions."),
        "board",
        _("Board of the months"),
        who=_("The PSEA Coordinator"),
        when=_("every month"),
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
        "7B.7",
        _(
            "A person of the office authorizes in writing, bound to the exact data set; any change of data voids it."
        ),
        "releases",
        _("Register of releases"),
        who=_("The DSRSG/HC/RC office"),
        when=_("before the release"),
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
        "9.i",
        _("Withdrawal: a written statement by the person who signed, or a recorded successor."),
        "take-part",
        _("Take part"),
        who=_("The individual who signed"),
        when=_("whenever it decides so"),
    ),
)
