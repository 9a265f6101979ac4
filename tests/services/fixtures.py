"""Fixtures of the real services, one session each; the modules beside this one start and stop them."""
