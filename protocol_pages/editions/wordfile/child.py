"""The process that reads a Word file: limited first, then the file from standard input, JSON to standard output.

``python -I -c`` starts it with the folder of the project as its first argument, then a language. Exit codes:
0 read, 2 refused (JSON with ``code`` and ``detail``), 3 out of memory, 4 broken in a way that nobody foresaw.
"""

from __future__ import annotations

import json
import resource
import sys

MEMORY = 256 * 1024 * 1024  # bytes of address space
SECONDS = 2  # of processor time


def limit() -> None:
    """From here on the process has 256 MB and two seconds, and writes no file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(language: str) -> int:
    """Read standard input; returns the exit code."""
    limit()
    from .document import to_json
    from .read import read
    from .refusal import Refusal

    try:
        found = json.dumps(to_json(read(sys.stdin.buffer.read(), language)))
    except Refusal as refusal:
        sys.stdout.write(json.dumps({"code": refusal.code, "detail": refusal.detail}))
        return 2
    except MemoryError:
        return 3
    except Exception as trouble:  # whatever a broken file makes a parser say
        sys.stderr.write(type(trouble).__name__)
        return 4
    sys.stdout.write(found)
    return 0
