"""What stands at the head of every paper, and in which language it is written. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "ar"]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The sender as the settings name it, in both languages (D42). No person."""

    network_en: str
    network_ar: str
    office_en: str
    office_ar: str
    descriptor_en: str = ""
    descriptor_ar: str = ""
    coordinator_en: str = "PSEA Coordinator"
    coordinator_ar: str = ""
    authorizing_office_en: str = "DSRSG/HC/RC"
    authorizing_office_ar: str = "DSRSG/HC/RC"
