from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Written notices: the outbox row is the record, the mail is its delivery."""

    name = "intranet.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intranet.workflow import registry

        from . import machine, policy
        from .models import Notice, ToldOtherwise

        registry.register(registry.GovernedObject(ToldOtherwise, policy.may_view, str, machine.TOLD))
        said = registry.Said(
            fields={"notice": _("mail")}, page=lambda told, actor: reverse("notice", args=[told.notice_id])
        )
        registry.say({ToldOtherwise: said})
        registry.register_name(Notice, lambda notice: _("a mail of the network"))
