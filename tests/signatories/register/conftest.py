"""The same small network as on this floor's other tests."""

from tests.signatories.conftest import clock, edition, network, signed

__all__ = ["clock", "edition", "network", "signed"]
