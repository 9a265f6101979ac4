"""The sender of every paper, as the network's settings name it (D42). No person."""

from __future__ import annotations

from intranet.network.models import NetworkSettings

from .letterhead import Letterhead

_OFFICE_OF = "Office of the "


def letterhead(settings: NetworkSettings) -> Letterhead:
    """Short name, descriptor and office for the head; titles for the text."""
    return Letterhead(
        network_en=settings.letterhead_name,
        network_ar=settings.letterhead_name_ar,
        office_en=settings.letterhead_office,
        office_ar=settings.letterhead_office_ar,
        descriptor_en=" · ".join(settings.letterhead_lines.splitlines()),
        descriptor_ar=" · ".join(settings.letterhead_lines_ar.splitlines()),
        coordinator_en=settings.coordinator_title,
        coordinator_ar=settings.coordinator_title_ar,
        authorizing_office_en=settings.office_title.removeprefix(_OFFICE_OF).strip(),
        authorizing_office_ar=settings.office_title_ar,
    )
