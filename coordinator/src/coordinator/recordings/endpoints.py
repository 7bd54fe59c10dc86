"""Recordings over HTTP."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Response
from fastapi.responses import JSONResponse

from coordinator.auth.gate import allowed
from coordinator.auth.rbac import Action
from coordinator.auth.tokens import Caller
from coordinator.fault import Fault
from coordinator.recordings.schemas import Erased
from coordinator.recordings.service import RecordingService

SOUND = "audio/ogg"
CHARACTERS_MOST = 10_000_000
_RANGE = re.compile(r"^bytes=(\d{0,12})-(\d{0,12})$")

TurnId = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Place = Annotated[int | None, Query(ge=0, le=CHARACTERS_MOST)]


def router(service: RecordingService) -> APIRouter:
    """The routes."""
    routes = APIRouter(prefix="/api/interviews/{interview_id}", tags=["recordings"])

    @routes.get(
        "/turns/{turn_id}/audio",
        response_class=Response,
        responses={
            200: {"content": {SOUND: {}}, "description": "The answer, or the words of a part of its text (Ogg Opus)."},
            206: {"content": {SOUND: {}}, "description": "The bytes asked for."},
        },
    )
    async def get_turn_audio(
        interview_id: UUID,
        turn_id: TurnId,
        caller: Annotated[Caller, Depends(allowed(Action.RECORDINGS_PLAY))],
        start_char: Place = None,
        end_char: Place = None,
        range_: Annotated[str, Header(alias="Range")] = "",
    ) -> Response:
        part = None
        if start_char is not None or end_char is not None:
            if start_char is None or end_char is None or end_char <= start_char:
                raise Fault("invalid", "a part has a start and, behind it, an end", status=422)
            part = (start_char, end_char)
        return answered(await service.play(interview_id, turn_id, part, caller), range_)

    @routes.delete("/recording")
    async def erase_recording(
        interview_id: UUID, caller: Annotated[Caller, Depends(allowed(Action.RECORDINGS_ERASE))]
    ) -> Erased:
        return await service.erase(interview_id, caller)

    return routes


def answered(sound: bytes, asked: str) -> Response:
    """The whole, or the one range of it that is asked for (RFC 9110, 14); 416 for one that is not there."""
    whole = len(sound)
    match = _RANGE.match(asked.replace(" ", ""))
    if match is None or not (match[1] or match[2]):
        # No range, several, or another unit: a server may answer with the whole.
        return Response(sound, media_type=SOUND, headers={"Accept-Ranges": "bytes"})
    if match[1]:
        first, last = int(match[1]), min(int(match[2]) if match[2] else whole - 1, whole - 1)
    else:
        first, last = max(0, whole - int(match[2])), whole - 1
    if first > last:
        told = {"code": "range_unknown", "message": "the sound has no such bytes"}
        return JSONResponse(told, status_code=416, headers={"Content-Range": f"bytes */{whole}"})
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{whole}"}
    return Response(sound[first : last + 1], status_code=206, media_type=SOUND, headers=headers)
