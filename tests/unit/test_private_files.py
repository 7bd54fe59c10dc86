"""Private files of both programs: their owner's alone, whole or not at all, made once."""

import os
from pathlib import Path
from types import ModuleType

import pytest
from edge_node import private_files as node_files

from coordinator import private_files as coordinator_files

BOTH = pytest.mark.parametrize("files", [coordinator_files, node_files], ids=["coordinator", "node"])


@BOTH
def test_only_the_owner_reads_a_file_and_no_draft_stays(files: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "link.creds"
    files.write_private(path, "first")
    files.write_private(path, "then")
    assert path.read_text() == "then"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["link.creds"]


@BOTH
def test_a_file_that_cannot_be_replaced_leaves_no_draft(files: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    with pytest.raises(OSError):
        files.write_private(path, "text")
    assert [each.name for each in tmp_path.iterdir()] == ["folder"]


@BOTH
def test_what_is_made_once_stays(files: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"
    assert files.make_once(path, b"mine") == b"mine"
    assert files.make_once(path, b"later") == b"mine"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["key"]


@BOTH
def test_of_two_that_make_it_at_once_the_first_counts(
    files: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    link = os.link

    def other_first(draft: Path, name: Path) -> None:
        name.write_bytes(b"theirs")
        link(draft, name)

    monkeypatch.setattr(os, "link", other_first)
    assert files.make_once(path, b"mine") == b"theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["key"]
