"""The world of the consent ladder, with a request of each party under way."""

from __future__ import annotations

from tests.forms_app.data_requests.conftest import first_world, own_figures, world

__all__ = ["first_world", "own_figures", "world"]
