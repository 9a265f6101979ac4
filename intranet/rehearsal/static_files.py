"""Static files for a demo: collected and compressed in a second or two, and only what changed the next time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedStaticFilesStorage


class QuickCompressedStorage(CompressedStaticFilesStorage):
    """gzip alone: brotli's last few percent take half a minute for the libraries' files."""

    def create_compressor(self, **options: Any) -> Compressor:
        return Compressor(**options, use_brotli=False)

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        changed = {path: found for path, found in paths.items() if self._is_stale(Path(self.path(path)))}
        return iter(super().post_process(changed, dry_run, **options))

    @staticmethod
    def _is_stale(path: Path) -> bool:
        compressed = path.with_name(f"{path.name}.gz")
        return not compressed.exists() or compressed.stat().st_mtime < path.stat().st_mtime
