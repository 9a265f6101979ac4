"""Word files as LibreOffice shows them: PDF, text and pictures."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from tests.services.required import required


def to_pdf(document: bytes | Path, folder: Path) -> Path:
    """Convert one Word file by LibreOffice into ``folder``; RuntimeError where no PDF came out."""
    office = required("soffice", "libreoffice-writer-nogui")
    source = document if isinstance(document, Path) else folder / "document.docx"
    if isinstance(document, bytes):
        source.write_bytes(document)
    with tempfile.TemporaryDirectory(prefix="office-") as profile:  # several runs at once need one each
        command = [office, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore",
                   "--convert-to", "pdf", "--outdir", str(folder), str(source)]  # fmt: skip
        environment = {**os.environ, "HOME": profile}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=180, check=False
        )
    target = folder / f"{source.stem}.pdf"
    if done.returncode or not target.exists():
        raise RuntimeError(f"LibreOffice made no PDF of {source.name}: {done.stdout}{done.stderr}")
    return target


def text_of(pdf: Path) -> str:
    """The text of a PDF in reading order, pages parted by form feeds."""
    command = [required("pdftotext", "poppler-utils"), "-enc", "UTF-8", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def pages_of(pdf: Path, dpi: int = 80) -> list[Path]:
    """One PNG a page, beside the PDF."""
    stem = pdf.with_suffix("")
    command = [required("pdftoppm", "poppler-utils"), "-png", "-r", str(dpi), str(pdf), str(stem)]
    subprocess.run(command, capture_output=True, check=True)
    return sorted(pdf.parent.glob(f"{stem.name}-*.png"))
