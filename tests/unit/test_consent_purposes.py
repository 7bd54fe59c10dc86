"""What a candidate agrees to is spelt alike on both ends of the wire."""

from coordinator.consent import Purpose as CoordinatorPurpose
from edge_node.core.interview.consent import Purpose as NodePurpose


def test_both_programs_know_the_same_purposes() -> None:
    assert {each.name: each.value for each in NodePurpose} == {each.name: each.value for each in CoordinatorPurpose}
