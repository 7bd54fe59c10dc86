"""Download one file over HTTPS, going on where a broken connection stopped."""

import time
from collections.abc import Callable
from pathlib import Path

import httpx

from edge_node.models.errors import SourceFailed

Say = Callable[[str], None]

_ATTEMPTS = 6
_PAUSE_SECONDS = 0.5
_PROGRESS_SECONDS = 3.0
_TIMEOUT = httpx.Timeout(30.0, connect=15.0)
_RETRYABLE_STATUS = frozenset({429, 500, 502, 503, 504})


def download(url: str, part: Path, say: Say) -> None:
    """Fetch ``url`` into ``part``, resuming what is there; tries again while progress is made.

    Raises SourceFailed; ``part`` then stays for the next run.
    """
    failures = 0
    with httpx.Client(timeout=_TIMEOUT, follow_redirects=True) as client:
        while True:
            before = _size(part)
            try:
                _continue(client, url, part, say)
            except (httpx.TransportError, _Interrupted) as error:
                failures = 0 if _size(part) > before else failures + 1
                if failures >= _ATTEMPTS:
                    raise SourceFailed(f"{url}: {error or type(error).__name__}") from error
                say(f"    connection lost at {_megabytes(_size(part))} MB, going on")
                time.sleep(_PAUSE_SECONDS * (failures + 1))
            else:
                return


class _Interrupted(Exception):
    """The server answered, but not to the end."""


def _continue(client: httpx.Client, url: str, part: Path, say: Say) -> None:
    have = _size(part)
    headers = {"Range": f"bytes={have}-"} if have else {}
    # Without compression, lengths and ranges count the file's own bytes.
    with client.stream("GET", url, headers={"Accept-Encoding": "identity", **headers}) as reply:
        if reply.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            if reply.headers.get("Content-Range") == f"bytes */{have}":
                return
            part.unlink()
            raise _Interrupted("the part on disk does not fit the file any more")
        if reply.status_code in _RETRYABLE_STATUS:
            raise _Interrupted(f"HTTP {reply.status_code}")
        if reply.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
            raise SourceFailed(f"{url}: HTTP {reply.status_code}")
        resumed = reply.status_code == httpx.codes.PARTIAL_CONTENT
        start = have if resumed else 0
        total = start + int(reply.headers.get("Content-Length", 0))
        if resumed:
            say(f"    resuming at {_megabytes(have)} MB")
        _receive(reply, part, start, total, say)


def _receive(reply: httpx.Response, part: Path, start: int, total: int, say: Say) -> None:
    done, spoke = start, time.monotonic()
    with part.open("ab" if start else "wb") as out:
        # As they arrive: what is held back for a full buffer would be lost with the connection.
        for chunk in reply.iter_raw():
            out.write(chunk)
            done += len(chunk)
            if time.monotonic() - spoke >= _PROGRESS_SECONDS:
                spoke = time.monotonic()
                say(
                    f"    {_megabytes(done)} of {_megabytes(total)} MB"
                    if total > start
                    else f"    {_megabytes(done)} MB"
                )
    if total > start and done < total:
        raise _Interrupted(f"{done} of {total} bytes came")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}"
