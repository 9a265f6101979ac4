"""Forms about names, people and delegations. They read what was typed; the acts are the services'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.files.fields import UploadField
from intranet.forms import BaseForm, DayField, western_digits
from intranet.listing import listed

from . import selectors
from .models import SIGNING_KINDS, SPOKEN, Kind, Organization, Person
from .names import Names

_NAMES = ("name_en", "name_ar", "name_ckb", "acronym")
_MAIL = gettext_lazy("E-mail: write an address like name@example.org.")


class RenameForm(BaseForm):
    """The names from a day on; they come filled with today's."""

    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200)
    name_ar = forms.CharField(
        label=gettext_lazy("Name in Arabic"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )
    name_ckb = forms.CharField(
        label=gettext_lazy("Name in Kurdish"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ckb"}),
    )
    acronym = forms.CharField(label=gettext_lazy("Acronym"), max_length=30, required=False)
    from_day = DayField(
        label=gettext_lazy("First day of the new name"), help_text=gettext_lazy("Today or an earlier day")
    )
    reason = forms.CharField(
        label=gettext_lazy("By which letter or decision"),
        max_length=300,
        help_text=gettext_lazy("For a typing error, correct the entry instead."),
    )

    @property
    def names(self) -> Names:
        """What was typed."""
        text = {name: str(self.cleaned_data[name]).strip() for name in _NAMES}
        return Names(text["name_en"], text["name_ar"], text["name_ckb"], text["acronym"])


class OtherNameForm(BaseForm):
    """Another name under which people look for the organization."""

    name = forms.CharField(
        label=gettext_lazy("Other name"),
        max_length=200,
        help_text=gettext_lazy("As people write it: a short form, another spelling, in any language"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class ReasonForm(BaseForm):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class PhoneField(forms.CharField):
    """A telephone number in any of our digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, required=False, **kwargs)
        self.widget.attrs |= {"dir": "ltr", "autocomplete": "off"}

    def to_python(self, value: Any) -> str:
        return western_digits(str(value or ""))


class DetailsForm(BaseForm):
    """What somebody says of themselves."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you can be spoken to in"),
        choices=SPOKEN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    duty_station = forms.CharField(
        label=gettext_lazy("Duty station"), max_length=80, required=False, help_text=gettext_lazy("A town")
    )
    phone = PhoneField(
        label=gettext_lazy("Phone"),
        help_text=gettext_lazy("Not needed. Only the coordination and the office see it."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language for mail"), choices=settings.LANGUAGES)


class CorrectPersonForm(DetailsForm):
    """The Coordinator's correction of a person's entry, with a reason."""

    field_order = ("name", "email", "languages", "duty_station", "phone", "language", "reason")
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Where the network writes to; how the person signs in does not change by it."),
        error_messages={"invalid": _MAIL},
    )
    reason = forms.CharField(label=gettext_lazy("Reason for the correction"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].label = _("Languages")
        self.order_fields(self.field_order)


class PersonChoice(forms.ChoiceField):
    """Somebody who holds a post today, in groups by organization; cleaned: the person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people: dict[str, Person] = {}

    def offer(self, day: date) -> None:
        """Everybody with a post on ``day``, coordination and office first. One query."""
        groups: dict[tuple[bool, str], dict[str, str]] = {}
        for post in selectors.held(day).order_by("person__name"):
            self.people[str(post.person_id)] = post.person
            first = post.organization.kind not in {Kind.COORDINATION, Kind.OFFICE}
            rows = groups.setdefault((first, post.organization.name), {})
            rows.setdefault(str(post.person_id), listed([post.person.name, post.get_capacity_display()]))
        self.choices = [
            ("", _("somebody else, written below")),
            *((name, list(rows.items())) for (_first, name), rows in sorted(groups.items())),
        ]

    def clean(self, value: Any) -> Any:
        return self.people.get(super().clean(value))


class DelegationForm(BaseForm):
    """Who, from when to when, by which instrument. Somebody of the network, or somebody new."""

    person = PersonChoice(label=gettext_lazy("Somebody of the network"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Or the name of somebody who is not in the list"), max_length=160, required=False
    )
    email = forms.EmailField(
        label=gettext_lazy("That person's e-mail"), required=False, error_messages={"invalid": _MAIL}
    )
    begins_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))
    instrument = forms.CharField(
        label=gettext_lazy("Instrument"),
        max_length=300,
        help_text=gettext_lazy("The letter or decision that gives the delegation"),
    )
    file = UploadField(label=gettext_lazy("File"), required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, PersonChoice)
        field.offer(day)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        email = str(data.get("email", "")).strip().lower()
        if data.get("person") is None and not (data.get("name") and email):
            self.add_error("person", _("Person: choose somebody, or write name and e-mail below."))
        elif data.get("person") is None:
            known = Person.objects.filter(email__iexact=email).first()
            if known is not None and known.name.casefold() != data["name"].strip().casefold():
                self.add_error(
                    "name",
                    _("Name: this address belongs to %s. Write that name, or another address.") % known.name,
                )
            data["person"] = known or Person(name=data["name"].strip(), email=email)
        return data


class MembersFilter(BaseForm):
    """Search and filter of the directory; a GET form, so that the result can be shared."""

    q = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Speaks"), required=False, choices=[("", gettext_lazy("any language")), *SPOKEN]
    )
    station = forms.ChoiceField(label=gettext_lazy("Duty station"), required=False)

    def __init__(self, *args: Any, stations: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in Kind if kind in SIGNING_KINDS]
        self.fields["kind"].choices = [("", _("any")), *kinds]  # type: ignore[attr-defined]
        self.fields["station"].choices = [  # type: ignore[attr-defined]
            ("", _("any")),
            *((name, name) for name in stations),
        ]


def names_initial(organization: Organization) -> dict[str, str]:
    """Today's names as the rename form shows them."""
    return {name: getattr(organization, name) for name in _NAMES}
