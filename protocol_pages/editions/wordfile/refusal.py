"""Why a file is not read. The site says each code as a sentence (``word_in.SENTENCES``)."""

from __future__ import annotations


class Refusal(Exception):
    """The file is refused. ``code`` is a key of ``word_in.SENTENCES``; ``detail`` names what was found."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail[:80]
