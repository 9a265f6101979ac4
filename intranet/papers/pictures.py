"""Pictures of a letterhead without what cameras and drawing programs write into them: names, places, comments."""

import struct

PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT"}
)
_JPEG_DROPPED = frozenset(
    {*range(0xE1, 0xEE), 0xEF, 0xFE}
)  # APP1-APP13, APP15, COM; APP0 and APP14 say how to read


def strip_png(data: bytes) -> bytes:
    """A PNG with only the chunks that make the picture. Raises ValueError when it is none."""
    if not data.startswith(PNG):
        raise ValueError("not a PNG")
    out, position = [PNG], len(PNG)
    while position + 8 <= len(data):
        length = struct.unpack(">I", data[position : position + 4])[0]
        kind, end = data[position + 4 : position + 8], position + 12 + length
        if end > len(data):
            raise ValueError("a PNG that is cut off")
        if kind in _PNG_KEPT:
            out.append(data[position:end])
        position = end
        if kind == b"IEND":
            return b"".join(out)
    raise ValueError("a PNG without an end")


def strip_jpeg(data: bytes) -> bytes:
    """A JPEG without comments and application data. Raises ValueError when it is none."""
    if not data.startswith(b"\xff\xd8\xff"):
        raise ValueError("not a JPEG")
    out, position = [data[:2]], 2
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            raise ValueError("a damaged JPEG")
        marker = data[position + 1]
        if marker == 0xFF:  # padding
            position += 1
            continue
        end = position + 2 + struct.unpack(">H", data[position + 2 : position + 4])[0]
        if end > len(data):
            raise ValueError("a JPEG that is cut off")
        if marker == 0xDA:  # the picture itself, up to its end mark
            last = data.rfind(b"\xff\xd9")
            if last < end:
                raise ValueError("a JPEG without an end")
            return b"".join([*out, data[position : last + 2]])
        if marker not in _JPEG_DROPPED:
            out.append(data[position:end])
        position = end
    raise ValueError("a JPEG without a picture")


def strip_picture(name: str, data: bytes) -> bytes:
    """The picture by its name's ending."""
    return strip_png(data) if name.lower().endswith(".png") else strip_jpeg(data)
