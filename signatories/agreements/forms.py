"""Forms of partner agreements. They read what was typed; the acts are the services'."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from intranet.forms import BaseForm, DayField
from signatories.models import Kind, Organization

from .models import PartnerAgreement, Rating
from .rules import PARTNER_KINDS
from .services import Assessment, Terms


class OrganizationField(forms.ModelChoiceField):
    """An organization by its name in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organization.objects.none(), empty_label=gettext_lazy("choose"), **kwargs)
        self.error_messages["invalid_choice"] = gettext_lazy("Organization: choose one of the list.")

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class TermsForm(BaseForm):
    """What an agreement says."""

    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("The number that the agency gives it; needed where the two have several"),
    )
    begins_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until further notice")
    )
    psea_clause = forms.ChoiceField(
        label=gettext_lazy("Does it have a PSEA clause?"),
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
    )
    psea_clause_on = DayField(label=gettext_lazy("Date of the PSEA clause"), required=False)
    partner_portal_id = forms.CharField(
        label=gettext_lazy("UN Partner Portal id"), max_length=40, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("psea_clause") == "yes" and not data.get("psea_clause_on"):
            if "psea_clause_on" not in self.errors:
                self.add_error("psea_clause_on", _("Date of the PSEA clause: write when it was agreed."))
        elif data.get("psea_clause") == "no" and data.get("psea_clause_on"):
            self.add_error(
                "psea_clause_on", _("Date of the PSEA clause: without a clause there is none. Empty it.")
            )
        first, last = data.get("begins_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Last day: it lies before the first day. Correct one of them."))
        return data

    @property
    def terms(self) -> Terms:
        """The cleaned values."""
        data = self.cleaned_data
        return Terms(
            begins_on=data["begins_on"],
            ends_on=data["ends_on"],
            psea_clause=data["psea_clause"] == "yes",
            psea_clause_on=data["psea_clause_on"],
            reference=data["reference"],
            partner_portal_id=data["partner_portal_id"],
        )


class AssessmentFields(BaseForm):
    """A capacity assessment; all three together."""

    assessed_on = DayField(label=gettext_lazy("Capacity assessed on"))
    rating = forms.ChoiceField(
        label=pgettext_lazy("ability", "Capacity"),
        choices=[("", "–"), *Rating.choices],
        help_text=gettext_lazy("As the UN implementing partner PSEA capacity assessment rates it"),
    )
    valid_until = DayField(label=gettext_lazy("Assessment valid until"))

    @property
    def assessment(self) -> Assessment | None:
        """The cleaned values; None where nothing was written."""
        data = self.cleaned_data
        if not data["assessed_on"] and not data["rating"] and not data["valid_until"]:
            return None
        return Assessment(data["assessed_on"], data["rating"], data["valid_until"])


class AgreementForm(AssessmentFields, TermsForm):
    """A new agreement. ``agency`` is fixed for an agency's own people, a choice for the Coordinator."""

    field_order = (
        "partner",
        "agency",
        "reference",
        "begins_on",
        "ends_on",
        "psea_clause",
        "psea_clause_on",
        "assessed_on",
        "rating",
        "valid_until",
        "partner_portal_id",
    )
    partner = OrganizationField(
        label=gettext_lazy("Implementing partner"),
        help_text=gettext_lazy("A partner that is missing here is registered by the PSEA Coordinator."),
    )
    agency = OrganizationField(label=gettext_lazy("UN agency"))

    def __init__(self, *args: Any, day: date, agency: Organization | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Organization.objects.filter(
            Q(active_to__isnull=True) | Q(active_to__gte=day), active_from__lte=day
        )
        self.fields["partner"].queryset = here.filter(kind__in=PARTNER_KINDS)  # type: ignore[attr-defined]
        self.fields["agency"].queryset = here.filter(kind=Kind.UN_AGENCY)  # type: ignore[attr-defined]
        self.fixed_agency = agency
        if agency is not None:
            del self.fields["agency"]
        for name in ("assessed_on", "rating", "valid_until"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [name for name in ("assessed_on", "rating", "valid_until") if data.get(name)]
        if given and len(given) < 3 and not self.errors:
            missing = next(n for n in ("assessed_on", "rating", "valid_until") if n not in given)
            self.add_error(
                missing,
                _("Capacity assessment: write its date, the capacity and until when it is valid."),
            )
        return data

    @property
    def parties(self) -> tuple[Organization, Organization]:
        """(partner, agency)."""
        return self.cleaned_data["partner"], self.fixed_agency or self.cleaned_data["agency"]


class CorrectForm(TermsForm):
    """Other terms, with the reason."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("An amendment, an extension, a mistake"),
    )

    @staticmethod
    def initial_of(agreement: PartnerAgreement) -> dict[str, Any]:
        """The terms as they stand."""
        names = ("reference", "begins_on", "ends_on", "psea_clause_on", "partner_portal_id")
        return {name: getattr(agreement, name) for name in names} | {
            "psea_clause": "yes" if agreement.psea_clause else "no"
        }


class EndForm(BaseForm):
    """An early end, with the reason."""

    ends_on = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("It may lie ahead."))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class AgreementsFilter(BaseForm):
    """Search and filter of the list; a GET form."""

    q = forms.CharField(label=gettext_lazy("Name or reference"), max_length=100, required=False)
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("in force or coming")),
            ("ends_soon", gettext_lazy("ending within 60 days")),
            ("expired", gettext_lazy("assessment expired")),
            ("no_clause", gettext_lazy("without a PSEA clause")),
            ("past", gettext_lazy("ended")),
            ("all", gettext_lazy("all")),
        ],
    )
