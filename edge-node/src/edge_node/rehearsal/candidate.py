"""The scripted candidate's way in: one call, one interview, one report."""

import time
from collections.abc import Mapping
from pathlib import Path

from edge_node.rehearsal.call import CallError, Network
from edge_node.rehearsal.kiosk_client import KioskClient, KioskRefusal
from edge_node.rehearsal.performance import Performance, Progress, RehearsalError
from edge_node.rehearsal.persona import Persona
from edge_node.rehearsal.report import Report
from edge_node.rehearsal.sound import Samples
from edge_node.rehearsal.tape import Tape


async def rehearse(
    url: str,
    code: str,
    persona: Persona,
    *,
    network: Network,
    sounds: Mapping[str, Samples],
    progress: Progress,
    wav: Path | None = None,
    authority_file: Path | None = None,
) -> Report:
    """Hold the interview of ``code`` at the kiosk at ``url``; never raises for what the node does.

    ``sounds`` has every answer's script as sound (:func:`edge_node.rehearsal.voice.render_all`). The report's
    outcome is ``closed`` only when the room closed the interview.
    """
    kiosk = KioskClient(url, authority_file=authority_file)
    tape = Tape(wav)
    performance = Performance(kiosk, network, persona, sounds, tape, progress)
    report = performance.report
    began = time.monotonic()
    try:
        await performance.hold(code)
        report.outcome = "closed"
    except (RehearsalError, CallError, KioskRefusal) as error:
        report.error = str(error)
    finally:
        tape.close()
        await kiosk.close()
        report.seconds = round(time.monotonic() - began, 1)
    progress("over", {"outcome": report.outcome, "error": report.error})
    return report
