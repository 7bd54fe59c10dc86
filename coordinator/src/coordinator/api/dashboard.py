"""The built recruiter dashboard at ``/``; its own addresses all answer with its one page."""

from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

NOT_PAGES = ("api/", "healthz", "metrics", "assets/")


class SinglePage(StaticFiles):
    """Static files; an unknown address that is no asset and no API route gets ``index.html``."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at ``path``, or the page."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or path.startswith(NOT_PAGES):
                raise
            return await super().get_response("index.html", scope)


def serve(app: FastAPI, folder: Path) -> None:
    """Serve ``folder`` when it holds a built page; without one the API works alone."""
    if (folder / "index.html").is_file():
        app.mount("/", SinglePage(directory=folder, html=True), name="dashboard")
