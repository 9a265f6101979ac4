from django.apps import AppConfig
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ClockConfig(AppConfig):
    """Business calendar, deadlines and jobs."""

    name = "intranet.clock"
    label = "clock"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from intranet.access import navigation
        from intranet.network.once import forget
        from intranet.workflow import registry
        from intranet.workflow.machine import ALLOWED

        from . import deadlines, due
        from .models import CalendarConfirmation, NonWorkingDay

        due.register(due=deadlines.due_from)
        navigation.register(navigation.Entry("network", _("Calendar"), "calendar-now", order=80))
        registry.register(registry.GovernedObject(NonWorkingDay, lambda actor, obj, now: ALLOWED, str))
        registry.say(
            {NonWorkingDay: registry.Said(page=lambda day, actor: reverse("calendar", args=[day.on.year]))}
        )
        for model in (NonWorkingDay, CalendarConfirmation):
            post_save.connect(forget, sender=model, dispatch_uid=f"once.{model.__name__}")
