"""Requests for consolidated data and everything that the consent ladder leaves behind (§7B)."""

from .decisions import Consultation, MediaDecision, OfficeDecision, Release
from .requests import DataRequest, Guarantee, Numbering
from .rounds import Answer, Ask, Confirmation, FollowUp, Round

__all__ = [
    "Answer",
    "Ask",
    "Confirmation",
    "Consultation",
    "DataRequest",
    "FollowUp",
    "Guarantee",
    "MediaDecision",
    "Numbering",
    "OfficeDecision",
    "Release",
    "Round",
]
