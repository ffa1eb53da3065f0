"""The files of a public login: accepted by sshd and the shell, and nothing slips into them."""

from __future__ import annotations

import itertools
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from milatui.cli.main import main
from milatui.ssh.deploy.deployment_files import render_files, unreadable_python, write_files
from milatui.ssh.deploy.settings import LoginSettings, SettingError
from milatui.ssh.deploy.sshd import openssh_version
from milatui.ssh.deploy.systemd import HIDDEN_FOLDERS
from milatui.ssh.deploy.template import render
from milatui.ssh.prefork import tty_reset
from milatui.ssh.prefork.tty_reset import read_script
from tests.security.testbed.public_login import SSHD, sshd_missing
from tests.security.testbed.requirements import skip_or_fail
from tests.terminal import Terminal

WAYS = list(itertools.product((False, True), repeat=2))


@pytest.fixture(params=WAYS, ids=["by key", "by key, warm", "anonymous", "anonymous, warm"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with the files of one way to let visitors in."""
    anonymous, warm = request.param
    settings = LoginSettings(folder=tmp_path / "etc", port=2299, anonymous=anonymous, warm=warm)
    write_files(render_files(settings), settings.folder)
    return settings.folder


def run(*words: str | Path) -> tuple[int, str]:
    """Exit status and output of a tool that is asked for its opinion."""
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def needs(tool: str) -> None:
    """Skip the test where the tool is not installed."""
    missing = "" if shutil.which(tool) else f"{tool} is not installed"
    skip_or_fail(missing, "MILATUI_NEEDS_TOOLS")


@pytest.mark.parametrize("version", [None, (9, 2), (9, 8), (10, 0)])
def test_sshd_accepts_its_configuration(
    written: Path, version: tuple[int, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_or_fail(sshd_missing(), "MILATUI_NEEDS_SSHD")
    here = openssh_version(Path(str(SSHD)))
    if version and (here is None or here < version):
        pytest.skip(f"there is no OpenSSH {version} here")
    text = (written / "sshd_config").read_text(encoding="utf-8")
    anonymous = "AuthenticationMethods none" in text
    settings = LoginSettings(folder=written, port=2299, anonymous=anonymous, version=version)
    write_files({"sshd_config": render_files(settings)["sshd_config"]}, written, force=True)
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", written / "host_ed25519")
    status, said = run(str(SSHD), "-t", "-f", written / "sshd_config")
    # What an sshd was built without cannot be on, and need not be off.
    complaints = [line for line in said.splitlines() if "Unsupported option" not in line]
    assert (status, complaints) == (0, [])


def test_systemd_accepts_the_units(written: Path) -> None:
    needs("systemd-analyze")
    units = sorted(written.glob("*.service"))
    assert units
    assert run("systemd-analyze", "verify", *units) == (0, "")


@pytest.mark.parametrize("name", ["launch", "shell", "farewell"])
def test_the_shell_accepts_the_scripts(name: str, written: Path) -> None:
    assert run("sh", "-n", written / name) == (0, "")
    needs("shellcheck")
    # SC3045: dash, bash and busybox have the limits of memory, files and time that POSIX lacks.
    assert run("shellcheck", "--exclude=SC3045", written / name) == (0, "")


@pytest.mark.parametrize("name", ["supervise.sh", "wait.sh"])
def test_shellcheck_accepts_the_scripts_of_a_session(name: str) -> None:
    script = Path(tty_reset.__file__).with_name(name)
    assert run("sh", "-n", script) == (0, "")
    needs("shellcheck")
    assert run("shellcheck", script) == (0, "")
    # They are passed on in single quotes.
    assert "'" not in read_script("supervise.sh")


def test_a_template_uses_only_parts_whose_condition_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("milatui.ssh.deploy.template._TEMPLATES", tmp_path)
    text = "first @word@\n#@when a\nyes @@word@\n#@else\nno\n#@end\n#@when b\nb\n#@end\nlast\n"
    (tmp_path / "t").write_text(text, encoding="utf-8")
    assert render("t", {"word": "@x@"}, {"a"}) == "first @x@\nyes @@x@\nlast\n"
    assert render("t", {"word": "w"}, {"b"}) == "first w\nno\nb\nlast\n"
    with pytest.raises(KeyError):
        render("t", {}, ())


def test_penalties_are_only_for_those_who_know_them() -> None:
    def lines(version: tuple[int, int] | None) -> list[str]:
        text = render_files(LoginSettings(version=version))["sshd_config"]
        return re.findall(r"(?m)^PerSourcePenalties .*", text)

    assert lines(None) == lines((9, 7)) == []
    assert lines((9, 8)) == lines((9, 9)) == ["PerSourcePenalties no"]
    (penalties,) = lines((10, 0))
    assert "crash:" in penalties
    assert "grace-exceeded:0" in penalties


def test_the_version_is_what_the_server_says(tmp_path: Path) -> None:
    program = tmp_path / "sshd"
    for said, version in (
        ("OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.19 27 Jan 2026", (9, 2)),
        ("unknown option -- V\nOpenSSH_10.0p2, LibreSSL 4", (10, 0)),
        ("no such option", None),
    ):
        program.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n", encoding="utf-8")
        program.chmod(0o755)
        assert openssh_version(program) == version
    assert openssh_version(tmp_path / "nothing") is None


def test_one_address_never_makes_sshd_drop_the_others() -> None:
    for sessions in (1, 50, 500):
        text = render_files(LoginSettings(sessions=sessions))["sshd_config"]
        (one,) = re.findall(r"(?m)^PerSourceMaxStartups (\d+)", text)
        ((some, every),) = re.findall(r"(?m)^MaxStartups (\d+):\d+:(\d+)", text)
        assert int(one) < int(some) < int(every)
        assert int(every) >= sessions


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
        LoginSettings(**wrong)  # type: ignore[arg-type]


def test_files_that_are_there_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "launch").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_files(render_files(LoginSettings()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["launch"]


def test_files_are_replaced_by_force_and_those_in_use_live_on(tmp_path: Path) -> None:
    (tmp_path / "launch").write_text("old", encoding="utf-8")
    with (tmp_path / "launch").open(encoding="utf-8") as session:
        paths = write_files(render_files(LoginSettings(port=2300)), tmp_path, force=True)
        assert session.read() == "old"
    assert sorted(tmp_path.iterdir()) == sorted(paths)
    modes = {path.name: path.stat().st_mode & 0o777 for path in paths}
    programs = {name for name, mode in modes.items() if mode == 0o755}
    assert programs == {"launch", "shell", "farewell"}
    assert {mode for name, mode in modes.items() if name not in programs} == {0o644}


CONFIG = ("ssh", "config", "--python", "/usr/bin/true", "--into")
"""A program that every account can run, for the Python of the tests may lie in a home."""


def test_the_command_writes_the_files_and_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "x"
    assert main([*CONFIG, str(folder), "--warm", "--port", "2300"]) == 0
    written = capsys.readouterr().out.splitlines()
    assert {Path(line).name for line in written} == {
        "sshd_config",
        "launch",
        "shell",
        "farewell",
        "milatui-sshd.service",
        "milatui-warm.service",
        "HOWTO.md",
    }
    assert "Port 2300" in (folder / "sshd_config").read_text(encoding="utf-8")
    assert main(["ssh", "config", "--port", "70000"]) == 2


def test_a_folder_with_files_is_changed_by_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "x"
    assert main([*CONFIG, str(folder), "--warm", "--port", "2300"]) == 0
    capsys.readouterr()
    assert main([*CONFIG, str(folder), "--port", "2301"]) == 1
    said = capsys.readouterr().err
    assert f"{folder / 'sshd_config'} is there already" in said
    assert "--force" in said
    assert "Port 2300" in (folder / "sshd_config").read_text(encoding="utf-8")
    assert main([*CONFIG, str(folder), "--port", "2301", "--force"]) == 0
    assert "Port 2301" in (folder / "sshd_config").read_text(encoding="utf-8")
    assert f"{folder / 'milatui-warm.service'} is no longer" in capsys.readouterr().err
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main([*CONFIG, str(tmp_path / "file"), "--force"]) == 1
    assert "Not a directory" in capsys.readouterr().err


@pytest.mark.parametrize(("anonymous", "warm"), WAYS)
def test_the_howto_has_the_command_that_makes_the_same_files(
    anonymous: bool, warm: bool, tmp_path: Path
) -> None:
    given = {"account": "press", "address": "::", "port": 2300, "idle": 5, "longest": 50}
    words = [str(item) for name, value in given.items() for item in (f"--{name}", value)]
    words += ["--anonymous"] * anonymous + ["--warm"] * warm
    folder = tmp_path / "etc"
    assert main([*CONFIG, str(folder), "--lang", "fr", "--sessions", "7", *words]) == 0
    before = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    (command,) = re.findall(r"(?m)^ +/usr/bin/true (-I .*(?:\\\n.*)*--force)$", before["HOWTO.md"])
    repeated = shlex.split(command.replace("\\\n", " "))
    assert repeated[:3] == ["-I", "-m", "milatui"]
    assert main([*repeated[3:], "--python", "/usr/bin/true"]) == 0
    assert before == {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


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
    script.write_text(render_files(LoginSettings())["launch"], encoding="utf-8")
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
    settings = LoginSettings(python=Path("/bin/echo"), language="fr")
    script.write_text(render_files(settings)["launch"], encoding="utf-8")
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
    script.write_text(render_files(LoginSettings(python=program))["launch"], encoding="utf-8")
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
    script.write_text(
        render_files(LoginSettings(python=Path("/bin/false")))["launch"], encoding="utf-8"
    )
    with Terminal(["sh", str(script)]) as terminal:
        assert terminal.wait_exit() == 1
        assert not terminal.raw


@pytest.mark.parametrize(("anonymous", "warm"), itertools.product((False, True), repeat=2))
def test_the_howto_asks_to_copy_only_what_lies_elsewhere(anonymous: bool, warm: bool) -> None:
    settings = LoginSettings(anonymous=anonymous, warm=warm, owner="ann")
    elsewhere = render_files(settings)["HOWTO.md"]
    there = render_files(settings, placed=True)["HOWTO.md"]
    assert "install -m 0755 launch" in elsewhere
    assert "install -m 0755 launch" not in there
    assert "runuser -u ann --" in there
    assert ("--identity" in there) == (not anonymous)
    assert ("milatui-warm.service" in there) == warm
    assert not re.search(r"[{}]", there.replace("{kind}", ""))


@pytest.fixture
def nothing_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests lie below /tmp, which the units hide as well."""
    monkeypatch.setattr("milatui.ssh.deploy.deployment_files.HIDDEN_FOLDERS", ())


@pytest.mark.usefixtures("nothing_hidden")
def test_an_archive_closed_to_others_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "closed" / "archive"
    archive.mkdir(parents=True)
    (archive / "archive.yaml").write_text("title: x\n", encoding="utf-8")
    (tmp_path / "closed").chmod(0o700)
    assert main([*CONFIG, str(tmp_path / "x"), "--archive", str(archive)]) == 0
    assert f"cannot get at {archive}" in capsys.readouterr().err
    assert str(archive) in (tmp_path / "x" / "launch").read_text(encoding="utf-8")


@pytest.mark.usefixtures("nothing_hidden")
def test_a_python_closed_to_others_is_refused_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    python = home / "venv" / "bin" / "python3"
    python.parent.mkdir(parents=True)
    python.symlink_to("/usr/bin/true")
    home.chmod(0o700)
    words = ["ssh", "config", "--python", str(python)]
    assert main([*words, "--into", str(tmp_path / "x")]) == 2
    assert main(words) == 2
    said = capsys.readouterr()
    assert f"cannot run {python}" in said.err
    assert "/usr/bin/python3 -m venv /opt/milatui" in said.err
    assert (said.out, (tmp_path / "x").exists()) == ("", False)


@pytest.mark.parametrize("place", HIDDEN_FOLDERS)
def test_what_the_units_hide_is_closed(place: str) -> None:
    """A home whose mode lets others in is hidden from the services all the same."""
    settings = LoginSettings(python=Path(place) / "ann" / "bin" / "python3")
    assert unreadable_python(settings) == settings.python
