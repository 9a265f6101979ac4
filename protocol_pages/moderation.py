"""Moderation of news, guidance and meetings by Wagtail's workflow, where two people are named as editors.

While one editor holds the post there is nobody else to ask, and pages are published at once. As soon as two
are named, a page of these sections is published by the approval of the one who did not send it in.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.models import Page, Task, TaskState

from intranet.access import editors
from intranet.access.editors import GROUP
from intranet.clock import now
from intranet.network.once import once

NAME = "Second pair of eyes"
SECTIONS = ("newsindexpage", "guidanceindexpage", "meetingindexpage")
KINDS = frozenset({*SECTIONS, "newspage", "guidancepage", "meetingpage"})


def two_are_named() -> bool:
    """Whether two open accounts hold the content editor's post now; asked once a page of the admin."""
    return once("two content editors", lambda: len(editors.named(now())) >= 2)


def asks_for_approval(page: Page) -> bool:
    """Whether a page is published by approval alone."""
    return str(page.cached_content_type.model) in KINDS and two_are_named()


def sent_by_others(user_id: UUID | None) -> QuerySet[TaskState]:
    """Pages that another editor sent in and that wait for this one."""
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    in_hands = waiting.filter(task__in=SecondEditorTask.objects.values("pk"))
    return in_hands.exclude(workflow_state__requested_by=user_id)


class SendToSecondEditor(SubmitForModerationMenuItem):
    """Wagtail's button with words of ours: its own would put the workflow's stored name into every language."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        state = context["page"].current_workflow_state if context.get("page") else None
        again = state is not None and state.status == state.STATUS_NEEDS_CHANGES
        context["label"] = (
            gettext("Send to a second editor again") if again else gettext("Send to a second editor")
        )
        return context


class SecondEditorTask(Task):
    """Another content editor than the one who sent the page in approves it."""

    class Meta:
        verbose_name = _("approval by a second editor")
        verbose_name_plural = _("approvals by a second editor")

    def _may(self, obj: Any, user: Any) -> bool:
        state = obj.current_workflow_state
        sender = state.requested_by_id if state is not None else None
        other = user.pk != sender or not two_are_named()  # who is left alone waits for nobody
        return bool(other and user.groups.filter(name=GROUP).exists())

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return bool(user.groups.filter(name=GROUP).exists())

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self._may(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self._may(obj, user):
            return []
        return [
            ("reject", gettext("Ask for changes"), True),
            ("approve", gettext("Approve"), False),  # Wagtail adds "and Publish"
        ]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Whoever sent it in does not approve it, by whatever address the act comes."""
        if not self._may(task_state.workflow_state.content_object, user):
            raise PermissionDenied(gettext("The editor who sent a page in does not approve it."))
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        if not user.groups.filter(name=GROUP).exists():
            return TaskState.objects.none()
        if two_are_named():
            return sent_by_others(user.pk).filter(task=self)
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)

    @classmethod
    def get_description(cls) -> str:
        return gettext("Another content editor than the one who sent the page in approves it.")
