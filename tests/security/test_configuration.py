"""The files of a public login: accepted by sshd and the shell, and nothing slips into them."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from milatui.cli.main import main
from milatui.ssh.configuration import files, write_files
from milatui.ssh.settings import SettingError, Settings
from tests.security.installation import SSHD, sshd_missing


@pytest.mark.parametrize(("anonymous", "warm"), itertools.product((False, True), repeat=2))
def test_sshd_and_the_shell_accept_what_is_written(
    anonymous: bool, warm: bool, tmp_path: Path
) -> None:
    if sshd_missing():
        pytest.skip(sshd_missing())
    folder = tmp_path / "etc"
    settings = Settings(folder=folder, port=2299, anonymous=anonymous, warm=warm)
    write_files(files(settings), folder)
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "host_ed25519")]
    subprocess.run(words, check=True)
    tested = subprocess.run(
        [str(SSHD), "-t", "-f", str(folder / "sshd_config")], capture_output=True, check=False
    )
    assert (tested.returncode, tested.stderr) == (0, b"")
    assert subprocess.run(["sh", "-n", str(folder / "launch")], check=False).returncode == 0
    if shutil.which("systemd-analyze"):
        units = [str(path) for path in folder.glob("*.service")]
        verified = subprocess.run(
            ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
        )
        assert "Unknown" not in verified.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"account": "root; id"},
        {"account": "Root\nPermitRootLogin yes"},
        {"owner": "$(id)"},
        {"address": "0.0.0.0\nX11Forwarding yes"},
        {"archive": Path("/srv/a b")},
        {"archive": Path("/srv/`id`")},
        {"index": Path("relative")},
        {"python": Path("/usr/bin/python\n")},
        {"port": 0},
        {"port": 65536},
        {"sessions": 0},
        {"idle": -1},
    ],
)
def test_what_would_mean_something_else_in_a_file_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingError):
        Settings(**wrong)  # type: ignore[arg-type]


def test_files_that_are_there_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "launch").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_files(files(Settings()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["launch"]


def test_the_command_writes_the_files_and_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ssh", "config", "--into", str(tmp_path / "x"), "--warm", "--port", "2300"]) == 0
    written = capsys.readouterr().out.splitlines()
    assert {Path(line).name for line in written} == {
        "sshd_config", "launch", "milatui-sshd.service", "milatui-warm.service", "HOWTO.md",
    }  # fmt: skip
    assert "Port 2300" in (tmp_path / "x" / "sshd_config").read_text(encoding="utf-8")
    assert main(["ssh", "config", "--into", str(tmp_path / "x")]) == 1
    assert main(["ssh", "config", "--port", "70000"]) == 2


def test_a_server_that_is_not_there_fails_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    if sshd_missing():
        pytest.skip(sshd_missing())
    assert main(["ssh", "check", "127.0.0.1", "1", "--kind", "session", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["schema"] == "milatui.ssh-check/1"
    assert answer["counts"]["FAILED"] == len(answer["rows"])
    assert main(["ssh", "check", "127.0.0.1", "1", "--kind", "nonsense"]) == 2


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"SSH_ORIGINAL_COMMAND": "id"}, "Commands are not accepted"),
        ({}, "needs a terminal"),
    ],
)
def test_the_launcher_refuses_in_one_line(
    variables: dict[str, str], words: str, tmp_path: Path
) -> None:
    script = tmp_path / "launch"
    script.write_text(files(Settings())["launch"], encoding="utf-8")
    ended = subprocess.run(
        ["sh", str(script)], env=variables, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
