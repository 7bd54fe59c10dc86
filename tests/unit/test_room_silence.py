"""A silence that is running out is shown on the page, and taken back when the candidate goes on."""

import asyncio

import pytest
from fakes.scripted_peer import ScriptedPeer
from fakes.scripted_room import Branch
from fakes.virtual_time import run_virtual


def shown(peer: ScriptedPeer) -> list[float]:
    return [message["seconds"] for message in peer.sent if message["type"] == "silence"]


def test_a_pause_is_shown_with_the_time_that_is_left_and_goes_with_the_next_word() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "The export lost orders.")
        await asyncio.sleep(3.0)
        (left,) = shown(peer)
        assert left == pytest.approx(2.4, abs=0.1), "3.4 s less the second that is too short to be shown"
        branch.speak(peer, "So I rebuilt it.")
        await asyncio.sleep(1.0)
        assert shown(peer)[1:] == [0]
        await peer.until(lambda p: p.captions("candidate") != [])
        assert shown(peer)[-1] == 0, "nothing runs out behind the end"
        await branch.close()

    run_virtual(interview())


def test_asking_for_time_moves_its_end() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        branch.speak(peer, "The export lost orders.")
        await asyncio.sleep(3.0)
        peer.say(type="thinking")
        await asyncio.sleep(0.5)
        assert shown(peer)[-1] == pytest.approx(30, abs=0.5)
        await branch.close()

    run_virtual(interview())


def test_short_pauses_and_silence_before_the_first_word_are_not_shown() -> None:
    async def interview() -> None:
        branch = Branch()
        peer = await branch.admit()
        await peer.listening_to("q1")
        await asyncio.sleep(5)
        branch.speak(peer, "The export lost orders,")
        await asyncio.sleep(1.9)
        branch.speak(peer, "so I rebuilt it.")
        await asyncio.sleep(1.0)
        assert shown(peer) == []
        await branch.close()

    run_virtual(interview())
