"""What is handed over stays in memory; what is too large for that is known by its size and thrown away.

Django drops a file that no handler takes, and the form then says that none was chosen.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler

LIBRARY = "/admin/documents/"  # material that everybody reads may lie on the disk for a moment
LARGEST_OF_LIBRARY = 64 * 1024 * 1024  # bytes of one request


class TooLarge(InMemoryUploadedFile):
    """A file of which only name and size are left."""

    def __init__(self, field: str, name: str, kind: str, size: int) -> None:
        super().__init__(BytesIO(), field, name, kind, size, None)


class LibraryOnDisk(TemporaryFileUploadHandler):
    """Takes what editors hand over to the library and memory is too small for."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        asked = self.request.path if self.request is not None else ""
        self.active = asked.startswith(LIBRARY) and content_length <= LARGEST_OF_LIBRARY

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.active:
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.active:
            return raw_data
        super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return super().file_complete(file_size) if self.active else None

    def upload_interrupted(self) -> None:
        if self.active:
            super().upload_interrupted()


class ThrownAway(MemoryFileUploadHandler):
    """The last one: whatever nobody took."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Counted, not kept."""

    def file_complete(self, file_size: int) -> UploadedFile:
        return TooLarge(str(self.field_name), str(self.file_name), str(self.content_type), file_size)
