"""The one form stack (D39): fields that read what people type, errors that name the fix."""

from .base import BaseForm, BaseModelForm, KeyField
from .fields import DayField, HourField, MonthField, NumberField, western_digits

__all__ = [
    "BaseForm",
    "BaseModelForm",
    "DayField",
    "HourField",
    "KeyField",
    "MonthField",
    "NumberField",
    "western_digits",
]
