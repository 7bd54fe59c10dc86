"""What processes and their children cost: processor seconds so far, and memory now, as the kernel counts them."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cost:
    """Of one program with all its descendants."""

    cpu_seconds: float
    rss_bytes: int
    """Pages shared between a server's processes count in each."""


def cost_of(pid: int) -> Cost:
    """The tree below ``pid``, itself included; a child that has ended counts where its parent has waited for it."""
    children: dict[int, list[int]] = {}
    stats: dict[int, list[str]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            stats[int(folder.name)] = fields
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    cpu, pages, waiting = 0, 0, [pid]
    while waiting:
        one = waiting.pop()
        fields = stats.get(one, [])
        if fields:
            cpu += sum(int(ticks) for ticks in fields[11:15])
            pages += int(fields[21])
        waiting += children.get(one, [])
    return Cost(cpu / TICKS, pages * PAGE)
