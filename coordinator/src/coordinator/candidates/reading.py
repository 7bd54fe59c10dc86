"""From an uploaded file to sections; the file itself is only ever parsed in a child process."""

import asyncio
import contextlib
import json
import sys
from dataclasses import dataclass
from typing import Any

from coordinator.candidates.understanding import ReadResume, from_json
from coordinator.fault import Fault
from coordinator.telemetry.logs import get_logger

MAGIC = b"%PDF-"
MAGIC_WITHIN = 1024
OUTPUT_BYTES_MAX = 32 * 1024 * 1024

log = get_logger("candidates")

_REFUSALS = {
    "not_a_pdf": (415, "the file is not a PDF that can be opened"),
    "pdf_encrypted": (422, "the PDF is protected by a password; save it without one"),
    "pdf_too_many_pages": (422, "the PDF has too many pages"),
    "pdf_no_text": (422, "the PDF has no text; a scan must be recognised first"),
    "pdf_too_long": (422, "the PDF has too much text for a resume"),
    "pdf_unreadable": (422, "the PDF could not be read within its limits"),
}


@dataclass(frozen=True)
class ReadingLimits:
    """What a file may be and what reading it may cost."""

    bytes_max: int = 10 * 1024 * 1024
    pages_max: int = 50
    seconds: int = 30
    megabytes: int = 1024
    at_once: int = 2


def refusal(code: str) -> Fault:
    """The Fault for a file that is refused with ``code``."""
    status, message = _REFUSALS[code]
    return Fault(code, message, status=status)


class ResumeReader:
    """Reads a bounded number of files at once."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.limits = limits
        self._free = asyncio.Semaphore(limits.at_once)

    async def read(self, content: bytes, language: str) -> ReadResume:
        """The resume in ``content``; raises Fault too_large (413), not_a_pdf (415) or pdf_... (422)."""
        if len(content) > self.limits.bytes_max:
            megabytes = self.limits.bytes_max // (1024 * 1024)
            raise Fault("too_large", f"the file is larger than {megabytes} MB", status=413)
        if MAGIC not in content[:MAGIC_WITHIN]:
            raise refusal("not_a_pdf")
        async with self._free:
            answer = await self._in_child(content, language)
        if "error" in answer:
            raise refusal(answer["error"])
        if "fault" in answer:
            log.warning("a resume is kept without facts", reason=answer["fault"])
        return from_json(answer)

    async def _in_child(self, content: bytes, language: str) -> dict[str, Any]:
        limits = self.limits
        arguments = [str(number) for number in (limits.pages_max, limits.megabytes, limits.seconds)]
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-m",
            "coordinator.candidates.pdf_reader",
            *arguments,
            language,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Nothing of this process's environment is a reader's business.
            env={"PYTHONUTF8": "1"},
            start_new_session=True,
        )
        try:
            output, _ = await asyncio.wait_for(child.communicate(content), limits.seconds)
        except TimeoutError:
            log.warning("reader stopped", reason="late")
            raise refusal("pdf_unreadable") from None
        finally:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
                await child.wait()
        if child.returncode != 0 or len(output) > OUTPUT_BYTES_MAX:
            log.warning("reader failed", returncode=child.returncode)
            raise refusal("pdf_unreadable")
        answer: dict[str, Any] = json.loads(output)
        return answer
