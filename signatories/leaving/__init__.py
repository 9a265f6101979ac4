"""Leaving: access stops at the hour stated, what is open stays with the organization, one page hands it over."""
