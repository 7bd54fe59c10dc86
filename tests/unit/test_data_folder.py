import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from provisioning.data_folder import claim, public_ports
from provisioning.network import free_ports
from provisioning.program import ProgramError


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_a_free_port_is_none_the_kernel_gives_to_a_connection() -> None:
    given_by_the_kernel = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    ports = [*free_ports(3), *free_ports(3)]
    assert len(set(ports)) == 6
    assert max(ports) < given_by_the_kernel


def test_a_folder_serves_one_run_at_a_time(tmp_path: Path) -> None:
    held = claim(tmp_path)
    with pytest.raises(ProgramError, match="in use by another run"):
        claim(tmp_path)
    held.close()
    claim(tmp_path).close()


def test_addresses_handed_out_stay_good_over_a_restart(tmp_path: Path) -> None:
    first = public_ports(tmp_path, 0, 0)
    assert public_ports(tmp_path, 0, 0) == first
    assert len(set(first)) == 2


@pytest.mark.parametrize("wrong", [-1, 70_000])
def test_a_port_that_is_none_is_refused(tmp_path: Path, wrong: int) -> None:
    with pytest.raises(ProgramError, match="a port is 1 to 65535"):
        public_ports(tmp_path, wrong, 0)


def test_a_port_somebody_else_has_is_refused_when_asked_for_and_replaced_when_kept(tmp_path: Path, taken: int) -> None:
    with pytest.raises(ProgramError, match="in use by another program"):
        public_ports(tmp_path, 0, taken)
    (tmp_path / "ports.json").write_text(f'{{"dashboard": {taken}, "room": {taken}}}')
    assert taken not in public_ports(tmp_path, 0, 0)
