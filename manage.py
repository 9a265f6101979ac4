#!/usr/bin/env python
"""Django's command line. ``--rehearsal`` and ``--demo`` let any command reach that database."""

import os
import sys

# Commands that only make sense in an environment of their own (D41).
OWN_SETTINGS = {"demo": "demo", "demo_codes": "demo", "rehearse": "rehearsal"}
NO_SUCH_TABLE = "42P01"  # PostgreSQL's code


def main() -> None:
    """Choose the settings, then hand over to Django."""
    for flag in ("--rehearsal", "--demo"):
        if flag in sys.argv:
            sys.argv.remove(flag)
            os.environ["DJANGO_SETTINGS_MODULE"] = f"intranet.settings.{flag[2:]}"
    own = OWN_SETTINGS.get(sys.argv[1] if len(sys.argv) > 1 else "", "dev")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"intranet.settings.{own}")
    from django.core.management import execute_from_command_line
    from django.db import ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != NO_SUCH_TABLE or "--traceback" in sys.argv:
            raise
        sys.exit("The database has no tables yet, or not all of them. Run: manage.py migrate")


if __name__ == "__main__":
    main()
