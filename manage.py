#!/usr/bin/env python
"""Django's command line. ``--rehearsal`` lets any command reach the rehearsal's database."""

import os
import sys


def main() -> None:
    """Choose the settings, then hand over to Django."""
    if "--rehearsal" in sys.argv:
        sys.argv.remove("--rehearsal")
        os.environ["DJANGO_SETTINGS_MODULE"] = "intranet.settings.rehearsal"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
