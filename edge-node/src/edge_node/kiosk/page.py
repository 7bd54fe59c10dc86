"""The built room page: its files, and its first page for every other path."""

from pathlib import Path

from starlette.responses import FileResponse, Response

from edge_node.kiosk.errors import KioskError

NOT_BUILT = "The room page is not built on this machine.\n"


class Page:
    """Serves the files under one directory and nothing outside it."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory.resolve()

    @property
    def built(self) -> bool:
        """Whether there is a page to serve."""
        return (self._directory / "index.html").is_file()

    def file(self, path: str) -> Response:
        """The file at ``path``, or the first page where a path names no file; raises KioskError (not_found)."""
        if path == "api" or path.startswith("api/") or "\0" in path:
            raise KioskError("not_found")
        wanted = self._directory / path
        try:
            wanted = wanted.resolve()
            is_file = bool(path) and wanted.is_relative_to(self._directory) and wanted.is_file()
        except OSError:  # a name longer than the file system knows
            raise KioskError("not_found") from None
        if is_file:
            lasting = path.startswith("assets/")  # their names carry a digest
            cache = "public, max-age=31536000, immutable" if lasting else "no-cache"
            return FileResponse(wanted, headers={"Cache-Control": cache})
        if "." in path.rsplit("/", 1)[-1]:
            raise KioskError("not_found")
        first = self._directory / "index.html"
        if not first.is_file():
            return Response(NOT_BUILT, 503, media_type="text/plain")
        return FileResponse(first, headers={"Cache-Control": "no-cache"})
