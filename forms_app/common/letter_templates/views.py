"""Which templates are in use, a specimen of each, replacing one and taking it back. GET changes nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from forms_app.common.letters.build_templates import template_name
from forms_app.common.letters.render import built_in
from forms_app.common.letters.render import render as make
from forms_app.common.letters.trial import trial_context
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.clock import now
from intranet.files import store
from intranet.workflow.runner import Refused

from . import policy, selectors, services
from .forms import ReasonForm, TemplateForm
from .models import Language, LetterKind

both = require_http_methods(["GET", "HEAD", "POST"])


def _named(kind: str, language: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "language": language,
        "kind_label": LetterKind(kind).label,
        "language_label": Language(language).label,
    }


def _docx(name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type=store.DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@screen(gettext_lazy("Word templates of the letters"), policy.READERS, "practice")
def index(request: Request) -> HttpResponse:
    """Each letter in each language: built in, or whose template since when."""
    found = selectors.in_use()
    rows = [
        _named(kind, language) | {"template": found.get((kind, language))}
        for kind in LetterKind.values
        for language in Language.values
    ]
    context = {"rows": rows, "keeps": request.actor.capacity in policy.KEEPERS}
    return render(request, "letter_templates/index.html", context)


@both
@screen(gettext_lazy("Replace the Word template of a letter"), policy.READERS, "practice")
def replace(request: Request, kind: str, language: str) -> HttpResponse:
    """Download, change in Word, hand over; a file that gives no whole letter is refused with what to mend."""
    template, keeps = selectors.of(kind, language), request.actor.capacity in policy.KEEPERS
    form = TemplateForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        if not keeps:
            raise PermissionDenied
        if form.is_valid():
            _name, content, _type = form.cleaned_data["file"]
            reason = form.cleaned_data["reason"]
            try:
                services.put_in_use(kind, language, content, reason, request.actor, now(), form.key)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("The template is in use. The next letter is made from it."))
                return redirect("letter-template", kind=kind, language=language)
        status = 409
    context = _named(kind, language) | {"form": form, "template": template, "keeps": keeps}
    return render(request, "letter_templates/replace.html", context, status=status)


@both
@screen(gettext_lazy("Use the built-in template of a letter again"), policy.KEEPERS, "practice")
def withdraw(request: Request, kind: str, language: str) -> HttpResponse:
    """404 where the built-in template is in use already."""
    template = selectors.of(kind, language)
    if template is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                services.withdraw(template, form.cleaned_data["reason"], request.actor, now(), form.key)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("The built-in template is in use again."))
                return redirect("letter-templates")
        status = 409
    context = _named(kind, language) | {"form": form, "template": template}
    return render(request, "letter_templates/withdraw.html", context, status=status)


@require_safe
@screen(gettext_lazy("The built-in Word template of a letter"), policy.READERS, "practice")
def built_in_file(request: Request, kind: str, language: str) -> HttpResponse:
    """The template that comes with the product, to begin from."""
    return _docx(template_name(kind, language), built_in(kind, language))


@require_safe
@screen(gettext_lazy("A specimen of a letter with invented content"), policy.READERS, "practice")
def specimen(request: Request, kind: str, language: str) -> HttpResponse:
    """What the template in use makes; every name, figure and caveat in it is invented."""
    content = make(trial_context(kind, language), selectors.content(kind, language))  # type: ignore[arg-type]
    return _docx(f"specimen-{kind}-{language}.docx", content)
