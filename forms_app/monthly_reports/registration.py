"""What this slice tells the floors below: governed objects, navigation, figures, deadlines."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from forms_app.common import figures as common_figures
from intranet.access import navigation
from intranet.clock import changes, due, handover
from intranet.workflow import registry, wording
from signatories.register import year

from . import due_rows, hand_over, history_words, jobs, machine, policy, year_part
from .changes import SOURCES
from .figures import MonthlyFigures
from .models import InterAgencyIntake, MonthlyReport


def register_all() -> None:
    """Called once by the app's ``ready``."""
    registry.register(registry.GovernedObject(MonthlyReport, policy.may_read, _report_label, machine.REPORT))
    registry.register(
        registry.GovernedObject(InterAgencyIntake, policy.may_read_intake, _intake_label, machine.INTAKE)
    )
    registry.say({MonthlyReport: history_words.REPORT, InterAgencyIntake: history_words.INTAKE})
    wording.register_acts(history_words.ACTS)
    common_figures.register(MonthlyFigures())
    navigation.register(
        navigation.Entry(
            "reporting",
            _("Months"),
            "reports",
            capacities=frozenset(policy.OWN_READERS),
            order=10,
            main=True,
        ),
        navigation.Entry(
            "reporting",
            _("Months"),
            "board",
            capacities=frozenset(policy.GRID_READERS),
            order=10,
        ),
    )
    changes.register(*SOURCES)
    handover.register(hand_over.parts)
    year.register(year_part.part, order=10)
    due.register(due=due_rows.due_rows, jobs=[due.Job("monthly_reminders", "§6.1", jobs.remind)])


def _report_label(report: Any) -> str:
    return f"{report.month:%Y-%m}"


def _intake_label(intake: Any) -> str:
    return f"{intake.month:%Y-%m}"
