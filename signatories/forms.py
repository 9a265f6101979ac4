"""Forms of this floor. They read and check what was typed; the acts are the services'."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actors import Actor
from intranet.access.roles import Capacity
from intranet.clock.calendars import known_regions
from intranet.files.fields import UploadField
from intranet.forms import BaseForm, BaseModelForm, DayField, HourField
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import editions

from . import policy
from .appointments import capacities_of
from .days import instant_of
from .holder_field import HolderField
from .models import (
    EntryKind,
    Kind,
    Organization,
    Person,
    Post,
    ReceivedHow,
    SuspensionReason,
    SuspensionScope,
)
from .policy import OVERSEERS
from .selectors import all_posts


class OrganizationForm(BaseModelForm):
    """A new organization, or its corrected entry."""

    active_from = DayField(label=gettext_lazy("In the network from"))
    active_to = DayField(label=gettext_lazy("In the network until"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason for the correction"), max_length=300)

    class Meta:
        model = Organization
        fields = ("kind", "name_en", "name_ar", "name_ckb", "acronym", "region", "active_from", "active_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            choice for choice in Kind.choices if choice[0] not in {Kind.OFFICE, Kind.COORDINATION}
        ]
        known = sorted({*known_regions(), *filter(None, [self.instance.region])})
        self.fields["region"] = forms.ChoiceField(
            label=_("Region"),
            required=False,
            choices=[("", _("the network's calendar")), *((name, name) for name in known)],
            help_text=_(
                "Regions with non-working days of their own in the calendar; a new one begins there."
            ),
            error_messages={"invalid_choice": _("Region: choose one of the list.")},
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.fields["name_en"].error_messages["unique"] = _(
            "Name in English: an organization of this name is listed already."
        )
        del self.fields["reason" if self.instance._state.adding else "kind"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("active_from"), data.get("active_to")
        if first and last and last < first:
            self.add_error("active_to", _("In the network until: this day lies before the first one."))
        return data


class PostForm(BaseForm):
    """Who holds which post from when. A known e-mail address means the person who is listed."""

    capacity = forms.ChoiceField(label=gettext_lazy("Post"), widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy(
            "The person's own address. Somebody who is listed already is recognized by it."
        ),
        error_messages={"invalid": gettext_lazy("E-mail: write an address like name@example.org.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language for mail"), choices=settings.LANGUAGES)
    begins_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until further notice")
    )
    instrument = forms.CharField(
        label=gettext_lazy("Instrument"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("The letter or decision that names the person; needed for a delegation"),
    )
    file = UploadField(label=gettext_lazy("File of the instrument"), required=False)

    def __init__(
        self, *args: Any, organization: Organization, actor: Actor, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organization, self.actor = organization, actor
        posts = [(capacity.value, capacity.label) for capacity in capacities_of(organization.kind)]
        self.fields["capacity"].choices = posts  # type: ignore[attr-defined]
        # Offered is what this person may fill; the policy answers, with an event, whoever sends another.
        self.fields["capacity"].widget.choices = [
            post
            for post in posts
            if policy.may_appoint(actor, Post(organization=organization, capacity=post[0]), now).allowed
        ]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        known = Person.objects.filter(email__iexact=data.get("email", "")).first()
        if known is not None and data.get("name") and known.name.casefold() != data["name"].casefold():
            self.add_error("name", self._whose(known))
        first, last = data.get("begins_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Last day: it lies before the first day. Correct one of them."))
        data["person"] = known or Person(
            name=data.get("name", ""), email=data.get("email", ""), language=data.get("language", "en")
        )
        return data

    def _whose(self, known: Person) -> str:
        """Another organization's people are not named to somebody who may not see them (D10)."""
        own = known.posts.filter(organization=self.organization).exists()
        if own or self.actor.capacity in OVERSEERS:
            return _("Name: this address belongs to %s. Write that name, or another address.") % known.name
        return _("Name: this address is listed with another name. Write the name as the person writes it.")

    @property
    def chosen(self) -> Capacity:
        return Capacity(self.cleaned_data["capacity"])


class EndForm(BaseForm):
    """The last day of a post."""

    ends_on = DayField(label=gettext_lazy("Last day"), help_text=gettext_lazy("It may lie ahead."))
    hour = HourField(
        label=gettext_lazy("Hour of that day at which access stops"),
        required=False,
        help_text=gettext_lazy("For example 14:30, in the network’s time. Empty: at the end of the day"),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)

    @property
    def ends_at(self) -> datetime | None:
        """The instant (UTC) at which access stops, None for the end of the day."""
        hour = self.cleaned_data["hour"]
        return instant_of(self.cleaned_data["ends_on"], hour) if hour is not None else None


class AuthorityForm(BaseForm):
    """Who else may sign for the organization (D19)."""

    person = HolderField(
        label=gettext_lazy("Person"),
        help_text=gettext_lazy("Somebody with a post in this organization; whose post has ended is marked"),
        error_messages={"invalid_choice": gettext_lazy("Person: choose one of the list.")},
    )
    instrument = forms.CharField(
        label=gettext_lazy("Instrument"),
        max_length=300,
        help_text=gettext_lazy("The letter or decision that gives the authority"),
    )
    begins_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until further notice")
    )
    file = UploadField(label=gettext_lazy("File"), required=False)

    def __init__(self, *args: Any, organization: Organization, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, HolderField)
        person.offer(all_posts(organization), today)


class ReceivedAuthorityForm(AuthorityForm):
    """An instrument that arrived outside the system: how and when, with the file (D17)."""

    received_how = forms.ChoiceField(
        label=gettext_lazy("How it arrived"), widget=forms.RadioSelect, choices=ReceivedHow.choices
    )
    received_on = DayField(label=gettext_lazy("Received on"))
    file = UploadField(label=gettext_lazy("File"))


class SignForm(BaseForm):
    """Name, title and authority under an endorsement; edition and hash of the text that was shown."""

    signer_name = forms.CharField(label=gettext_lazy("Your name"), max_length=160)
    signer_title = forms.CharField(
        label=gettext_lazy("Your title"), max_length=160, help_text=gettext_lazy("As it stands in letters")
    )
    authorized = forms.BooleanField(label=gettext_lazy("I am authorized to sign for my organization"))
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    edition = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authorized"].label = _("I am authorized to sign for %s") % organization.name
        self.fields["authorized"].error_messages["required"] = _(
            "Authority: confirm that you are authorized to sign, or leave the signature to somebody who is."
        )

    def show(self, edition: Edition) -> None:
        """Another text is in force than the page showed: keep what was typed, carry the new fingerprint."""
        typed: Any = self.data
        self.data = shown = typed.copy()
        shown["sha256"], shown["edition"] = edition.sha256, str(edition.pk)


class WithdrawForm(BaseForm):
    """The signer's written withdrawal (spec 4.5)."""

    statement = forms.CharField(
        label=gettext_lazy("Statement"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=gettext_lazy("One or two sentences, in writing (section 9). Name no person and no case."),
    )
    effective_on = DayField(label=gettext_lazy("Effective date"))


RENEWED = "renewed"  # a suspension that holds and is said anew; its entry is a suspension


class ReceivedForm(BaseForm):
    """What arrived outside the system (D17, D18)."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What arrived"),
        widget=forms.RadioSelect,
        choices=[
            (EntryKind.ENDORSED.value, gettext_lazy("An endorsement")),
            (EntryKind.SUSPENDED.value, gettext_lazy("A suspension of sharing")),
            (
                RENEWED,
                gettext_lazy("A suspension said anew: what it covers, until when"),
            ),
            (EntryKind.RESUMED.value, gettext_lazy("A resumption of sharing")),
            (EntryKind.FLOW_STOPPED.value, gettext_lazy("A stop of the flow of data because of a breach")),
            (EntryKind.FLOW_RESUMED.value, gettext_lazy("A resumption of the flow of data")),
            (EntryKind.WITHDRAWN.value, gettext_lazy("A withdrawal")),
        ],
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How it arrived"), widget=forms.RadioSelect, choices=ReceivedHow.choices
    )
    received_on = DayField(label=gettext_lazy("Received on"))
    effective_on = DayField(
        label=gettext_lazy("Signed on, or effective from"),
        help_text=gettext_lazy(
            "Endorsement: the day of the signature. Otherwise: the day from which it holds."
        ),
    )
    signer_name = forms.CharField(label=gettext_lazy("In whose name"), max_length=160)
    signer_title = forms.CharField(label=gettext_lazy("In which title"), max_length=160)
    signer_email = forms.EmailField(
        label=gettext_lazy("That person's e-mail"),
        required=False,
        error_messages={"invalid": gettext_lazy("E-mail: write an address like name@example.org.")},
    )
    edition = forms.ChoiceField(
        label=gettext_lazy("Edition"), required=False, help_text=gettext_lazy("For an endorsement")
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason of the suspension"),
        required=False,
        choices=[("", "–"), *SuspensionReason.choices],
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What is suspended"), required=False, choices=[("", "–"), *SuspensionScope.choices]
    )
    review_on = DayField(
        label=gettext_lazy("Expected review"), required=False, help_text=gettext_lazy("For a suspension")
    )
    notifications_continue = forms.BooleanField(
        label=gettext_lazy("The suspension says that notifications of allegations go on"), required=False
    )
    breach_reference = forms.CharField(
        label=gettext_lazy("Breach"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("For a stop of flow: its reference, like BR-2026-01"),
    )
    office_involved = forms.BooleanField(
        label=gettext_lazy("The DSRSG/HC/RC office is involved in this breach"), required=False
    )
    statement = forms.CharField(
        label=gettext_lazy("What it says"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("Name no survivor and no case."),
    )
    file = UploadField(label=gettext_lazy("File"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(edition.pk): edition for edition in editions()}
        self.fields["edition"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((pk, f"{edition.label} · {edition.title}") for pk, edition in self.known.items()),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == EntryKind.ENDORSED and not data.get("edition"):
            self.add_error("edition", _("Edition: say which edition the paper endorses."))
        suspends = data.get("kind") in {EntryKind.SUSPENDED.value, RENEWED}
        if suspends and not data.get("reason"):
            self.add_error("reason", _("Reason of the suspension: choose one (section 4)."))
        if suspends and not data.get("scope"):
            self.add_error("scope", _("What is suspended: choose one of the two."))
        if data.get("kind") == EntryKind.FLOW_STOPPED:
            if not data.get("breach_reference"):
                self.add_error("breach_reference", _("Breach: write its reference like BR-2026-01."))
            if not data.get("statement"):
                self.add_error("statement", _("What it says: write the reasons that it gives (section 9)."))
        return data

    @property
    def chosen_edition(self) -> Edition:
        return self.known[self.cleaned_data["edition"]]


class ConfirmForm(BaseForm):
    """One button; its random id makes a double submit one record."""


class DenyForm(BaseForm):
    """Why a record is denied."""

    reason = forms.CharField(label=gettext_lazy("Why you deny it"), max_length=300)
