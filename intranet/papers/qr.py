"""The square code in the footer: text to compare, not an address to open (D10: no account outside)."""

import io
from functools import lru_cache

import segno

INK = "#1b2733"


def qr_text(*parts: str) -> str:
    """Join the parts into the code's text: upper case, so that the dense alphanumeric mode is used."""
    return " ".join(part for part in parts if part).upper()


@lru_cache(maxsize=8)
def qr_png(text: str) -> bytes:
    """The code as a PNG, error level M, no quiet zone (the page around it is white)."""
    buffer = io.BytesIO()
    code = segno.make(text, error="m", micro=False, boost_error=False)
    code.save(buffer, kind="png", scale=8, border=0, dark=INK, light="white")
    return buffer.getvalue()
