"""The files of a public login: accepted by sshd and the shell, and nothing slips into them."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from milatui.cli.main import main
from milatui.ssh.configuration import files, write_files
from milatui.ssh.settings import SettingError, Settings
from tests.security.installation import SSHD, sshd_missing
from tests.terminal import Terminal


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


def test_a_server_nobody_can_enter_has_refused_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    if sshd_missing():
        pytest.skip(sshd_missing())
    assert main(["ssh", "check", "127.0.0.1", "1", "--kind", "request"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "no session at 127.0.0.1, port 1, as archive: " in said.err
    assert "refused" in said.err  # the reason, in ssh's own words
    assert len(said.err.splitlines()) == 1


def test_without_ssh_the_check_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["ssh", "check", "127.0.0.1", "2222"]) == 1
    assert "there is no ssh here" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["127.0.0.1", "70000"], ["127.0.0.1", "ssh"], ["h", "1", "--kind", "nonsense"]]
)
def test_what_cannot_be_checked_is_wrong_usage(words: list[str]) -> None:
    assert main(["ssh", "check", *words]) == 2


REFUSALS = [
    ({"SSH_ORIGINAL_COMMAND": "id"}, "Commands are not accepted"),
    ({"SSH_ORIGINAL_COMMAND": "id", "LANG": "fr_CA.UTF-8"}, "commandes ne sont pas"),
    ({"TERM": "xterm"}, "A terminal is needed"),
    ({"TERM": "xterm", "LANG": "fr"}, "Il faut un terminal"),
]


@pytest.mark.parametrize(("variables", "words"), REFUSALS)
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


LET_IN = ("xterm", "xterm-256color", "screen", "tmux-256color", "linux", "vt100", "st-256color")
NOT_LET_IN = ("", "dumb", "unknown", "wyse60", "x" * 41, "xterm;id", "../xterm", "xterm\x1b[2J")


@pytest.mark.parametrize("term", [*LET_IN, *NOT_LET_IN])
def test_the_launcher_knows_the_families_of_terminals(term: str, tmp_path: Path) -> None:
    script = tmp_path / "launch"
    settings = Settings(python=Path("/bin/echo"), language="fr")
    script.write_text(files(settings)["launch"], encoding="utf-8")
    with Terminal(["sh", str(script)], env={"TERM": term, "LANG": ""}) as terminal:
        status = terminal.wait_exit()
    lines = terminal.raw.decode().splitlines()
    if term in LET_IN:
        assert status == 0
        assert lines[0].endswith("--lang fr")
    else:
        assert status == 2
        assert len(lines) == 1
        assert "TERM=xterm ssh" in lines[0]


DIES = """\
#!/bin/sh
stty raw -echo
printf '\\033[?1049h'
kill -{signal} $$
"""


@pytest.mark.parametrize(("signal", "told"), [("KILL", True), ("BUS", True), ("TERM", False)])
def test_the_launcher_outlives_its_program(signal: str, told: bool, tmp_path: Path) -> None:
    program, script = tmp_path / "program", tmp_path / "launch"
    program.write_text(DIES.format(signal=signal), encoding="utf-8")
    program.chmod(0o755)
    script.write_text(files(Settings(python=program))["launch"], encoding="utf-8")
    with Terminal(["sh", str(script)], env={"LANG": "fr"}) as terminal:
        assert terminal.wait_exit() > 128
        if told:
            assert terminal.settings == terminal.settings_before
            words = bytes(terminal.raw).rpartition(b"\x1b[?1049l")[2].decode()
            assert words == "milatui: cette session s’est terminée de façon inattendue.\r\n"
        else:
            assert b"milatui" not in terminal.raw  # on SIGTERM it tidies up itself


def test_the_launcher_passes_an_exit_status_on(tmp_path: Path) -> None:
    script = tmp_path / "launch"
    script.write_text(files(Settings(python=Path("/bin/false")))["launch"], encoding="utf-8")
    with Terminal(["sh", str(script)]) as terminal:
        assert terminal.wait_exit() == 1
        assert not terminal.raw


@pytest.mark.parametrize(("anonymous", "warm"), itertools.product((False, True), repeat=2))
def test_the_howto_asks_to_copy_only_what_lies_elsewhere(anonymous: bool, warm: bool) -> None:
    settings = Settings(anonymous=anonymous, warm=warm, owner="ann")
    elsewhere = files(settings)["HOWTO.md"]
    there = files(settings, placed=True)["HOWTO.md"]
    assert "install -m 0755 launch" in elsewhere
    assert "install -m 0755 launch" not in there
    assert "runuser -u ann --" in there
    assert ("--identity" in there) == (not anonymous)
    assert ("milatui-warm.service" in there) == warm
    assert not re.search(r"[{}]", there.replace("{kind}", ""))


def test_paths_closed_to_others_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "closed" / "archive"
    archive.mkdir(parents=True)
    (archive / "archive.yaml").write_text("title: x\n", encoding="utf-8")
    (tmp_path / "closed").chmod(0o700)
    words = ["ssh", "config", "--archive", str(archive), "--into", str(tmp_path / "x")]
    assert main(words) == 0
    assert f"cannot get at {archive}" in capsys.readouterr().err
    assert str(archive) in (tmp_path / "x" / "launch").read_text(encoding="utf-8")
