"""Run by ``documents`` as a program of its own: limits itself, then becomes pdftotext. PDF in, text out."""

import os
import resource
import shutil
import sys

SECONDS = 10
MEMORY = 1024 * 1024 * 1024
OUTPUT = 64 * 1024 * 1024
PAGES = "400"


def main() -> int:
    """Ends with 3 where there is no pdftotext; otherwise never returns."""
    program = shutil.which("pdftotext")
    if program is None:
        return 3
    for limit, value in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    os.execv(program, [program, "-q", "-enc", "UTF-8", "-l", PAGES, "-", "-"])  # noqa: S606
    return 0


if __name__ == "__main__":
    sys.exit(main())
