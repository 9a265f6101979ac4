"""The request as the receiving party made it (§7B.0, fields 4.3)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedModel
from forms_app.common.figures import Period

from ..tokens import Classification, Kind, RequesterKind, RequestState

FIVE_ITEMS = ("purpose", "used_for", "used_how", "fed_back")  # items i-iv; v is the guarantee


class DataRequest(GovernedModel):
    """One request, one authorization (§7B.0 "each time"). ``reference`` is a label, never an address (D12).

    ``period_first`` and ``period_last``: first days of months, both months included. ``tables``: codes of
    the tables asked. Instants are UTC; dates are calendar dates in the network's time zone.
    """

    reference = models.CharField(max_length=20, unique=True, editable=False)
    state = models.CharField(
        max_length=20, choices=RequestState.choices, default=RequestState.DRAFT, editable=False
    )
    kind = models.CharField(_("kind of request"), max_length=20, choices=Kind.choices)
    classification = models.CharField(
        max_length=20, choices=Classification.choices, default=Classification.FULL_LADDER
    )

    requester_organization = models.CharField(_("organization that asks"), max_length=200)
    requester_kind = models.CharField(_("what it is"), max_length=20, choices=RequesterKind.choices)
    contact_name = models.CharField(_("contact person"), max_length=160, blank=True)
    contact_title = models.CharField(_("title of the contact person"), max_length=160, blank=True)
    contact_email = models.EmailField(_("e-mail of the contact person"), blank=True)
    contact_address = models.TextField(_("postal address"), blank=True)
    received_on = models.DateField(_("received on"))
    received_by = models.CharField(_("received by"), max_length=200, blank=True)
    received_by_organization = models.UUIDField(null=True, blank=True)
    forwarded_at = models.DateTimeField(null=True, blank=True)
    forwarded_by = models.CharField(max_length=200, blank=True)
    forwarded_by_user_id = models.UUIDField(null=True, blank=True)
    original_letter = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    period_first = models.DateField(_("first month"), null=True, blank=True)
    period_last = models.DateField(_("last month"), null=True, blank=True)
    tables = models.JSONField(_("tables asked"), default=list, blank=True)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)

    purpose = models.TextField(_("i. Reason or purpose of the request"), blank=True)
    used_for = models.TextField(_("ii. What the information will be used for"), blank=True)
    used_how = models.TextField(_("iii. How the information will be used"), blank=True)
    fed_back = models.TextField(
        _("iv. How what is produced will be fed back to the data gathering organizations"), blank=True
    )
    guarantee = models.ForeignKey(
        "data_requests.Guarantee", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    outlets = models.TextField(_("outlets planned"), blank=True)
    seen_by = models.TextField(_("who inside will see it"), blank=True)
    storage = models.TextField(_("how it is stored"), blank=True)
    destroyed_on = models.DateField(_("destroyed on"), null=True, blank=True)
    letter_language = models.CharField(
        _("language of the letter"),
        max_length=2,
        choices=[("en", _("English")), ("ar", _("Arabic"))],
        default="en",
    )

    registered_at = models.DateTimeField(editable=False)
    consulted_on = models.DateField(null=True, blank=True, editable=False)
    to_office_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_from = models.CharField(max_length=20, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-registered_at",)
        verbose_name = _("data request")
        verbose_name_plural = _("data requests")
        indexes = [models.Index(fields=["state"], name="data_request_state")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_of_un_family(self) -> bool:
        """Asked for by a member of the UN family that has not signed: the office classifies it (D21)."""
        return self.kind == Kind.UN_FAMILY or self.requester_kind == RequesterKind.UN_FAMILY

    @property
    def period(self) -> Period | None:
        """The period asked, None while a forwarded request has none yet."""
        if self.period_first is None or self.period_last is None:
            return None
        return Period(self.period_first, self.period_last)


class Guarantee(AppendOnlyModel):
    """Item v: the receiving party's written guarantee (D34). A new one replaces it; none is changed."""

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="guarantees")
    signer_name = models.CharField(_("name of the person who signed the guarantee"), max_length=160)
    signer_title = models.CharField(_("title"), max_length=160)
    signer_organization = models.CharField(_("organization"), max_length=200)
    signer_email = models.EmailField(_("e-mail"), blank=True)
    signed_on = models.DateField(_("signed on"))
    text = models.TextField(_("text of the guarantee"))
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.signer_name}, {self.signer_organization}"


class Numbering(GovernedModel):
    """The last running number of a kind of label in a year (DR-2026-004, RL-2026-003)."""

    series = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_numbering_a_year")]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}-{self.last:03d}"
