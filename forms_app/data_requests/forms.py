"""Forms of requests and the office's decisions. Errors name the field and the fix; nothing typed is lost."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forms_app.common import figures
from intranet.forms import BaseForm
from intranet.forms.fields import DayField, MonthField
from signatories.models import Person

from .inputs import ConsultationInput, GuaranteeInput, OfficeWord, RequestInput
from .models import DataRequest
from .tokens import Classification, Kind, MediaOutcome, RequesterKind
from .views.common import upload_of

FILE_HINT = _("PDF, Word, picture or saved mail (.eml), at most 10 MB.")
GUARANTEE = (
    "signer_name",
    "signer_title",
    "signer_organization",
    "signed_on",
    "guarantee_text",
    "guarantee_file",
)


def _long(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


def _short(label: Any, length: int = 200, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, **kwargs)


class KindForm(BaseForm):
    """Asked first: what kind of request it is (D21)."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, widget=forms.RadioSelect)


class RequestForm(BaseForm):
    """A request as it came in (fields 4.3). A draft may be incomplete; issuing asks for everything."""

    requester_organization = _short(_("Organization that asks"), required=True)
    requester_kind = forms.ChoiceField(label=_("What it is"), choices=RequesterKind.choices)
    contact_name = _short(_("Contact person"), 160)
    contact_title = _short(_("Title of the contact person"), 160)
    contact_email = forms.EmailField(label=_("E-mail of the contact person"), required=False)
    contact_address = _long(_("Postal address"))
    received_on = DayField(label=_("Received on"))
    original_letter = forms.FileField(
        label=_("The request as it was received"), required=False, help_text=FILE_HINT
    )
    period_first = MonthField(label=_("First month"), required=False)
    period_last = MonthField(label=_("Last month"), required=False)
    tables = forms.MultipleChoiceField(
        label=_("Tables asked"), required=False, widget=forms.CheckboxSelectMultiple
    )
    needed_by = DayField(label=_("Needed by"), required=False)
    purpose = _long(_("i. Reason or purpose of the request"))
    used_for = _long(_("ii. What the information will be used for"))
    used_how = _long(_("iii. How the information will be used"))
    fed_back = _long(_("iv. How what is produced will be fed back to the data gathering organizations"))
    signer_name = _short(
        _("v. Name of the person who signed the guarantee"),
        160,
        help_text=_("Somebody of the receiving party; nobody with an account in the network."),
    )
    signer_title = _short(pgettext_lazy("of a person", "Title"), 160)
    signer_organization = _short(_("Organization of the signer"))
    signer_email = forms.EmailField(label=_("E-mail of the signer"), required=False)
    signed_on = DayField(label=_("Signed on"), required=False)
    guarantee_text = _long(_("Text of the guarantee"), 4)
    guarantee_file = forms.FileField(label=_("The signed guarantee"), required=False, help_text=FILE_HINT)
    outlets = _long(_("Outlets planned"), 2)
    seen_by = _long(_("Who inside will see it"), 2)
    storage = _long(_("How it is stored"), 2)
    destroyed_on = DayField(label=_("Destroyed on"), required=False)
    letter_language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("en", _("English")), ("ar", _("Arabic"))]
    )

    def __init__(
        self, *args: Any, kind: Kind, today: date, request: DataRequest | None = None, **kwargs: Any
    ):
        self.kind, self.request = kind, request
        if request is not None:
            kwargs["initial"] = _initial(request) | kwargs.get("initial", {})
        else:
            kwargs["initial"] = {"received_on": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        months = _months_back(today)
        for name in ("period_first", "period_last"):
            field = self.fields[name]
            assert isinstance(field, MonthField)
            field.open(months)
            field.choices = [("", "–"), *list(field.choices)]  # type: ignore[arg-type]
        tables = self.fields["tables"]
        assert isinstance(tables, forms.MultipleChoiceField)
        tables.choices = list(figures.provider().table_labels().items())
        if kind == Kind.MEDIA:
            kept = {"requester_organization", "contact_name", "contact_email", "received_on"}
            for name in set(self.fields) - kept - {"original_letter", "purpose", "submission_key"}:
                del self.fields[name]
            self.fields["purpose"].label = _("What the media ask")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        typed = [name for name in GUARANTEE if data.get(name)]
        has_one = self.request is not None and self.request.guarantee_id is not None
        if typed and not (has_one and set(typed) <= set(GUARANTEE) - {"guarantee_file"} and self._same(data)):
            for name in GUARANTEE:
                if not data.get(name) and name not in self.errors:
                    self.add_error(
                        name,
                        _("%(label)s: the guarantee needs it (D34).") % {"label": self.fields[name].label},
                    )
        return data

    def _same(self, data: dict[str, Any]) -> bool:
        """Whether the guarantee's text is the one already on file."""
        assert self.request is not None
        initial = _initial(self.request)
        return all(data.get(n) == initial.get(n) for n in GUARANTEE if n != "guarantee_file")

    def value(self) -> RequestInput:
        """What was typed, for the service."""
        data = self.cleaned_data
        guarantee = None
        upload = upload_of(data.get("guarantee_file"))
        if upload is not None:
            guarantee = GuaranteeInput(
                signer_name=data["signer_name"],
                signer_title=data["signer_title"],
                signer_organization=data["signer_organization"],
                signer_email=data["signer_email"],
                signed_on=data["signed_on"],
                text=data["guarantee_text"],
                file=upload,
            )
        plain = {
            name: data[name]
            for name in RequestInput.__dataclass_fields__
            if name in data and name not in {"tables", "original_letter", "requester_kind"}
        }
        media = self.kind == Kind.MEDIA
        return RequestInput(
            kind=self.kind,
            requester_kind=RequesterKind.MEDIA if media else RequesterKind(data["requester_kind"]),
            tables=tuple(data.get("tables", ())),
            original_letter=upload_of(data.get("original_letter")),
            guarantee=guarantee,
            **plain,
        )


def _months_back(today: date, count: int = 60) -> list[date]:
    """The last ``count`` months, newest first."""
    newest = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(newest, newest - count, -1)]


def _initial(request: DataRequest) -> dict[str, Any]:
    names = [
        n for n in RequestInput.__dataclass_fields__ if n not in {"guarantee", "original_letter", "kind"}
    ]
    values: dict[str, Any] = {name: getattr(request, name) for name in names}
    for name in ("period_first", "period_last"):
        values[name] = f"{values[name]:%Y-%m}" if values[name] else ""
    found = request.guarantee
    if found is not None:
        values |= {
            "signer_name": found.signer_name,
            "signer_title": found.signer_title,
            "signer_organization": found.signer_organization,
            "signer_email": found.signer_email,
            "signed_on": found.signed_on,
            "guarantee_text": found.text,
        }
    return values


class NoteForm(BaseForm):
    """One act with its reason."""

    note = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, needs_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_note:
            del self.fields["note"]
        else:
            self.fields["note"].required = True


CLASS_EFFECTS = {
    Classification.FULL_LADDER: _(
        "Every data gathering organization is asked, then the office decides (7B)."
    ),
    Classification.OWN_DATA: _(
        "It ends here: one organization, or the office, may give its own figures with the caveat of 7A."
    ),
    Classification.MEDIA: _("It leaves into the media register; no figures leave through it (7A)."),
    Classification.REFERRED: _("It ends here: what is asked is no consolidated figure of this network."),
}


class ClassifyForm(BaseForm):
    """The office's classification of a request of the UN family, with its reason (D21)."""

    classification = forms.ChoiceField(
        label=_("What is it?"), choices=Classification.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("Where it is referred to another route: to which one."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def choices_shown(self) -> list[dict[str, Any]]:
        """The radios with what each does."""
        return [{"value": c.value, "label": c.label, "hint": CLASS_EFFECTS[c]} for c in Classification]


class _OnPaper(BaseForm):
    """Shared by what an office person types and what an assistant records from paper (D20)."""

    decided_by = forms.ChoiceField(label=_("Signed by"), required=False)
    file = forms.FileField(label=_("The signed paper"), required=False, help_text=FILE_HINT)

    def __init__(self, *args: Any, on_paper: bool, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if on_paper:
            chooser = self.fields["decided_by"]
            assert isinstance(chooser, forms.ChoiceField)
            chooser.choices = [("", "–"), *[(str(p.pk), p.name) for p in people]]
            chooser.required = self.fields["file"].required = True
        else:
            del self.fields["decided_by"], self.fields["file"]

    def signer(self) -> UUID | None:
        value = self.cleaned_data.get("decided_by")
        return UUID(value) if value else None


class ConsultationForm(_OnPaper):
    """The office's own dated entry before issue (§7B.0)."""

    on = DayField(label=_("Date of the consultation"))
    view = forms.CharField(
        label=_("View of the office"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    text_mark = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    field_order = ("on", "view", "decided_by", "file")

    def value(self) -> ConsultationInput:
        data = self.cleaned_data
        return ConsultationInput(
            on=data["on"],
            view=data["view"],
            decided_by=self.signer(),
            file=upload_of(data.get("file")),
            text_mark=data["text_mark"],
        )


class DecisionForm(_OnPaper):
    """The office's written word, bound to the data set that the page shows (§7B.7, D20)."""

    decision = forms.ChoiceField(
        label=_("Decision of the office"),
        choices=[
            ("authorize", _("We authorize this release")),
            ("decline", _("We do not authorize it")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Text of the decision"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    decided_on = DayField(label=_("Date on the paper"), required=False)
    data_set_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    field_order = ("decision", "text", "decided_by", "decided_on", "file")

    def __init__(self, *args: Any, on_paper: bool, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, on_paper=on_paper, people=people, **kwargs)
        if not on_paper:
            del self.fields["decided_on"]

    def value(self) -> OfficeWord:
        data = self.cleaned_data
        return OfficeWord(
            text=data["text"],
            data_set_sha256=data["data_set_sha256"],
            decided_by=self.signer(),
            decided_on=data.get("decided_on"),
            memo=upload_of(data.get("file")),
        )


class InstructionForm(_OnPaper):
    """The office's written instruction to go on without those who refused (D29)."""

    text = forms.CharField(
        label=_("Text of the instruction"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def value(self, sha256: str) -> OfficeWord:
        return OfficeWord(text=self.cleaned_data["text"], data_set_sha256=sha256)


class MediaForm(BaseForm):
    """The decision on a media request, with its reason for all members (§7A.3)."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=MediaOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        help_text=_("All members read it. No figures."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BounceForm(BaseForm):
    """A message that came back: which address."""

    address = forms.EmailField(label=_("Address that the mail came back from"))
