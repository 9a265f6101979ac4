"""Renaming an organization, its other names, and striking a name out: guards, effects, rows of tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.clock.calendars import known_regions
from intranet.clock.wording import plain_date
from intranet.workflow.machine import ALLOWED, NEW, Context, Decision, Machine, Transition

from . import names, policy
from .days import network_day
from .models import AliasKind, AliasState, Organization, OrganizationAlias, OrganizationState
from .names import Names, folded

RULE = "§2"


def region_is_known(context: Context) -> Decision:
    """A region is one that the calendar has days for: a mistyped one would silently count no holiday."""
    region = context.data.get("region", context.obj.region)
    if not region or region == _stored_region(context.obj) or region in known_regions():
        return ALLOWED
    return Decision(
        False,
        _("Region: the calendar knows no “%s”. Add a non-working day of that region to the calendar first.")
        % region,
        "D25",
    )


def _stored_region(organization: Organization) -> str:
    return "" if organization._state.adding else organization.region


def one_of_a_kind(context: Context) -> Decision:
    """One office and one coordination a network: their posts are meant once."""
    kind = context.obj.kind
    if kind not in policy.ONCE or not Organization.objects.filter(kind=kind).exists():
        return ALLOWED
    return Decision(False, _("Kind: the network has one already; correct that entry instead."), "D9")


def name_is_written(context: Context) -> Decision:
    """A rename says the new name in English, and it is another one."""
    new: Names = context.data["names"]
    if not new.en.strip():
        return Decision(False, _("Name in English: write the new name."), RULE)
    if new == Names.of(context.obj):
        return Decision(False, _("Name in English: this is the name already. Write the new one."), RULE)
    return ALLOWED


def day_of_the_rename_fits(context: Context) -> Decision:
    """A new name holds from a day that has come, and renames follow one another."""
    first: date = context.data["from_day"]
    if first > network_day(context.now):
        return Decision(
            False, _("First day of the new name: it has not come yet. Record the rename on that day."), RULE
        )
    formers = names.standing_aliases().filter(organization=context.obj, kind=AliasKind.FORMER)
    last = formers.order_by("-held_until").first()
    if last is None or last.held_until is None or first - timedelta(days=1) > last.held_until:
        return ALLOWED
    return Decision(
        False,
        _("First day of the new name: the name before it, %(name)s, held until %(day)s. Choose a later day.")
        % {"name": last.name, "day": plain_date(last.held_until)},
        RULE,
    )


def name_is_free(context: Context) -> Decision:
    """The new names, in no language, mean another organization."""
    new: Names = context.data["names"]
    return _free((new.en, new.ar, new.ckb), context.obj)


_NAMES = ("name_en", "name_ar", "name_ckb")


def corrected_name_is_free(context: Context) -> Decision:
    """What is corrected does not become the name of another organization."""
    own: Organization = context.obj
    written = {name: context.data[name] for name in _NAMES if name in context.data}
    return _free((text for name, text in written.items() if text != getattr(own, name)), own)


def listed_name_is_free(context: Context) -> Decision:
    """A new organization does not take the name of one that is listed, however it is spelled."""
    return _free((getattr(context.obj, name) for name in _NAMES), context.obj)


def is_not_listed_by_another_name(context: Context) -> Decision:
    """Who registers an organization under a former or other name of a listed one is told."""
    wanted = folded(context.obj.name_en)
    for alias in names.standing_aliases().select_related("organization"):
        if wanted in map(folded, alias.texts):
            return Decision(
                False,
                _("Name in English: it is another name of %s, which is listed.") % alias.organization.name,
                RULE,
            )
    return ALLOWED


def _free(texts: Iterable[str], own: Organization) -> Decision:
    found = (item for text in texts if text for item in names.find_by_name(text))
    other = next((item for item in found if item.pk != own.pk), None)
    if other is None:
        return ALLOWED
    return Decision(False, _("Name: it means %s already. Write another one.") % other.name, RULE)


def rename(context: Context) -> None:
    """Today's names become a former name with their last day; the row holds the new ones."""
    organization: Organization = context.obj
    old, new, first = Names.of(organization), context.data["names"], context.data["from_day"]
    former = OrganizationAlias(
        organization=organization,
        kind=AliasKind.FORMER,
        name=old.en,
        name_ar=old.ar,
        name_ckb=old.ckb,
        acronym=old.acronym,
        held_until=first - timedelta(days=1),
    )
    former.save()
    organization.name_en, organization.name_ar = new.en.strip(), new.ar.strip()
    organization.name_ckb, organization.acronym = new.ckb.strip(), new.acronym.strip()
    context.result["event"] = {"from": first.isoformat(), "former": str(former.pk)}


RENAME = Transition(
    action="rename",
    label=gettext_lazy("Record a new name"),
    sources=tuple(OrganizationState),
    target=None,
    rule=RULE,
    policy=policy.coordination_only,
    guards=(name_is_written, day_of_the_rename_fits, name_is_free),
    effects=(rename,),
    needs_note=True,
)


def another_name_fits(context: Context) -> Decision:
    """Something is written, it is not known already, and it means nobody else. Locks the organization."""
    alias: OrganizationAlias = context.obj
    if not folded(alias.name):
        return Decision(False, _("Other name: write it as people write it."), RULE)
    Organization.objects.select_for_update().get(pk=alias.organization_id)
    known = [
        *names.own_texts(alias.organization),
        *(
            text
            for item in names.aliases_of([alias.organization])[alias.organization_id]
            for text in item.texts
        ),
    ]
    if folded(alias.name) in map(folded, known):
        return Decision(False, _("Other name: the organization is found under this name already."), RULE)
    return _free((alias.name,), alias.organization)


ALIASES = Machine(
    name="organization_name",
    states=dict(AliasState.choices),
    transitions=(
        Transition(
            action="add",
            label=gettext_lazy("Add another name"),
            sources=(NEW,),
            target=AliasState.STANDS,
            rule=RULE,
            policy=policy.coordination_only,
            guards=(another_name_fits,),
        ),
        Transition(
            action="strike",
            label=gettext_lazy("Strike the name out"),
            sources=(AliasState.STANDS,),
            target=AliasState.STRUCK,
            rule=RULE,
            policy=policy.coordination_only,
            needs_note=True,
        ),
    ),
)
