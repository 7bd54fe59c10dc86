"""What of a page's print can be seen, on pictures of a few points."""

from coordinator.candidates.printed.visible import Drawn

WHITE, BLACK, GREY = (255, 255, 255), (0, 0, 0), (250, 250, 250)
BOX = (0.0, 0.0, 10.0, 10.0)


def drawn(ground: tuple[int, int, int], ink: tuple[int, int, int], inked: int) -> Drawn:
    """Ten by ten points of ``ground``, the first ``inked`` of each row of ``ink``."""
    row = bytes(ink) * inked + bytes(ground) * (10 - inked)
    return Drawn(row * 10, 10, 10, 1.0)


def test_ink_on_its_ground_is_seen() -> None:
    assert drawn(WHITE, BLACK, 2).shows(BOX, 0x000000)
    assert drawn(BLACK, WHITE, 2).shows(BOX, 0xFFFFFF)


def test_ink_like_its_ground_or_no_ink_is_not() -> None:
    assert not drawn(WHITE, GREY, 3).shows(BOX, 0xFAFAFA)
    assert not drawn(WHITE, WHITE, 3).shows(BOX, 0x000000)
    assert not drawn(BLACK, BLACK, 3).shows(BOX, 0x000000)


def test_white_on_white_is_not_seen_because_a_thin_line_crosses_it() -> None:
    assert not drawn(WHITE, BLACK, 1).shows(BOX, 0xFFFFFF)


def test_heavy_print_that_fills_its_box_is_seen() -> None:
    assert drawn(WHITE, BLACK, 7).shows(BOX, 0x000000)


def test_print_beside_the_page_is_not_seen() -> None:
    assert not drawn(WHITE, BLACK, 5).shows((20.0, 0.0, 30.0, 10.0), 0x000000)
    assert not drawn(WHITE, BLACK, 5).shows((-30.0, -30.0, -20.0, -20.0), 0x000000)
