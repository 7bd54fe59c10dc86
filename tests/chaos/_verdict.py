"""What the nodes kept against what the database has, fact by fact."""

from typing import Any

from edge_node.journal.codec import decode

from chaos._simulated_node import SimulatedNode
from chaos._two_coordinators import HeadOffice


async def compare(office: HeadOffice, nodes: list[SimulatedNode]) -> dict[str, Any]:
    """sent, committed, missing, duplicates, out_of_order, and the longest a fact took, by one machine's clock.

    A duplicate is a fact's content that stands twice, under whatever key; out of order is a fact committed after a
    later one of its node, or one whose place differs from the journal's.
    """
    missing = duplicates = out_of_order = committed = 0
    longest_s = 0.0
    for node in nodes:
        found = office.rows(
            "SELECT number, journal_sequence, envelope, extract(epoch FROM received_at - wall_time)"
            " FROM event WHERE node_id = %s AND journal_epoch = %s ORDER BY received_at, journal_sequence",
            node.node_id,
            await node.journal.epoch(),
        )
        kept = await node.journal.replay(node.interview_id)
        assert len(kept) == node.kept
        contents = [decode(bytes(envelope)) for _, _, envelope, _ in found]
        expected = {repr(fact.event) for fact in kept}
        present = [repr(fact.event) for fact in contents]
        committed += len(found)
        missing += len(expected - set(present))
        duplicates += len(present) - len(set(present))
        sequences = [sequence for _, sequence, _, _ in found]
        out_of_order += sum(later < earlier for earlier, later in zip(sequences, sequences[1:], strict=False))
        out_of_order += sum(
            kept[number - 1].event != fact.event for (number, *_), fact in zip(found, contents, strict=True)
        )
        longest_s = max([longest_s, *(float(seconds) for *_, seconds in found)])
    ((dead,),) = office.rows("SELECT count(*) FROM dead_letter")
    return {
        "sent": sum(node.kept for node in nodes),
        "committed": committed,
        "missing": missing,
        "duplicates": duplicates,
        "out_of_order": out_of_order,
        "dead_letters": dead,
        "longest_fact_s": round(longest_s, 1),
    }
