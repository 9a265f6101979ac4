"""Are the message catalogues complete? Collects the strings anew in a copy and compares.

Every string of the sources must stand in each catalogue, translated, not fuzzy, with the same
placeholders; a string that no source uses any more must go. Prints one line per fault; exit 1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("ar",)  # Kurdish comes only from a reviewer (D4)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SUFFIXES = {".py", ".html", ".txt", ".md", ".eml"}


def load(path: Path) -> Catalog:
    """The catalogue at ``path``; an empty one where there is none."""
    if not path.exists():
        return Catalog()
    with path.open("rb") as handle:
        return read_po(handle)


def collect(language: str) -> Catalog:
    """The catalogue that makemessages would write now, from the files that git knows."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S607
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in listed.stdout.splitlines():
            if Path(name).suffix in SUFFIXES and not name.startswith("tests/") and (ROOT / name).exists():
                target = copy / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, target)
        (copy / "locale").mkdir(exist_ok=True)
        command = [sys.executable, "-m", "django", "makemessages", "-l", language, "--verbosity=0"]
        plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=copy, env=plain, check=True)  # noqa: S603
        return load(copy / "locale" / language / "LC_MESSAGES" / "django.po")


def key(message: Message) -> tuple[str, str]:
    """Context and text that identify a message."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or "", text)


def same_placeholders(ids: list[str], texts: list[str]) -> bool:
    """Whether the translations use the placeholders of the source; a plural form may leave one out."""
    allowed = {placeholder for text in ids for placeholder in PLACEHOLDER.findall(text)}
    used = [set(PLACEHOLDER.findall(text)) for text in texts]
    return used == [allowed] if len(ids) == 1 else all(each <= allowed for each in used)


def faults(language: str) -> list[str]:
    """What is wrong with one catalogue, a line each."""
    kept = {
        key(message): message
        for message in load(ROOT / f"locale/{language}/LC_MESSAGES/django.po")
        if message.id
    }
    wanted = {key(message) for message in collect(language) if message.id}
    found = [f"missing: {text!r}" for _, text in sorted(wanted - kept.keys())]
    found += [f"no source uses it: {text!r}" for _, text in sorted(kept.keys() - wanted)]
    for _, message in sorted(kept.items()):
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        if not all(texts):
            found.append(f"not translated: {ids[0]!r}")
        elif message.fuzzy:
            found.append(f"fuzzy: {ids[0]!r}")
        elif not same_placeholders(ids, texts):
            found.append(f"placeholders differ: {ids[0]!r}")
    return [f"locale/{language}: {fault}" for fault in found]


def main() -> int:
    """Print the faults of every catalogue; 1 where there is one."""
    found = [fault for language in LANGUAGES for fault in faults(language)]
    print("\n".join(found[:40]) or "message catalogues complete")
    if len(found) > 40:
        print(f"… and {len(found) - 40} more; run: make translations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
