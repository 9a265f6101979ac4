"""Requests for consolidated data and everything that the consent ladder leaves behind (§7B)."""

from .decisions import Classifying, Consultation, MediaDecision, OfficeDecision, Release
from .requests import DataRequest, Guarantee, Numbering
from .rounds import Answer, Ask, Confirmation, Correction, CorrectionReply, FollowUp, Round

__all__ = [
    "Answer",
    "Ask",
    "Classifying",
    "Confirmation",
    "Consultation",
    "Correction",
    "CorrectionReply",
    "DataRequest",
    "FollowUp",
    "Guarantee",
    "MediaDecision",
    "Numbering",
    "OfficeDecision",
    "Release",
    "Round",
]
