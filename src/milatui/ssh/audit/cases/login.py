"""Attacks on the login: other accounts, passwords, old ciphers, many connections."""

# untranslated: the attacks are a protocol, read beside the documentation
from __future__ import annotations

import contextlib
import re
import socket
import time
from typing import TYPE_CHECKING

from milatui.ssh.audit.attack import ALT_SCREEN_ON, Attack, Outcome, expect_refused, last_line
from milatui.ssh.audit.ssh_client import save_script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from milatui.ssh.audit.ssh_client import SshTarget

_KIND = "login"
_NEIGHBOUR_CONNECTIONS, _FLOOD_CONNECTIONS = 40, 250
"""Connections without a login: of one careless neighbour, and of a flood."""
_NEIGHBOUR_SECONDS = 5
"""Seconds in which a visitor of the same address must enter beside the former."""
_FLOOD_SECONDS = 100
"""Seconds in which one must enter after a flood: grace time plus sshd's penalty."""
_SESSIONS = 12
_WORDS = ("archive;id", "$(id)", "x" * 10_000)


def attacks() -> Iterator[Attack]:
    """Yields attacks with accounts, passwords, methods, ciphers, sessions and connections."""
    for user in (
        "root",
        "nobody",
        "milatui-nobody-here",
        "../../etc/passwd",
        "-oProxyCommand=id",
        *_WORDS,
    ):
        short = user[:40]
        yield Attack(_KIND, f"account {short}", f"ssh -l {short}", "refused", _other_user(user))
    yield Attack(_KIND, "passwords for root", "ssh root@HOST, 3 guesses", "refused", _passwords)
    for method in ("keyboard-interactive", "hostbased", "gssapi-with-mic"):
        yield Attack(
            _KIND, f"{method} for root", f"ssh -o PreferredAuthentications={method} root@HOST",
            "refused", _method(method),
        )  # fmt: skip
    for title, *chosen in (
        ("a broken cipher", "Ciphers=3des-cbc"),
        ("a broken key exchange", "KexAlgorithms=diffie-hellman-group1-sha1"),
        ("a broken signature", "Ciphers=aes128-ctr", "MACs=hmac-md5"),
    ):
        command = " ".join(("ssh", *(f"-o {option}" for option in chosen)))
        yield Attack(_KIND, title, command, "refused", _options(chosen))
    yield Attack(
        _KIND, f"{_SESSIONS} sessions on a connection", "ssh -M, then ssh -S PATH 12 times",
        "one session at most", _many_sessions,
    )  # fmt: skip
    yield Attack(
        _KIND, "a megabyte instead of a version", "head -c 1M /dev/urandom | nc HOST PORT",
        "dropped", _garbage,
    )  # fmt: skip
    yield Attack(
        _KIND,
        f"{_NEIGHBOUR_CONNECTIONS} connections without login",
        f"nc HOST PORT {_NEIGHBOUR_CONNECTIONS} times, held",
        "a visitor of that address enters beside them",
        _held,
    )
    yield Attack(
        _KIND,
        f"{_FLOOD_CONNECTIONS} connections without login",
        f"nc HOST PORT {_FLOOD_CONNECTIONS} times, held",
        "some dropped, a visitor enters afterwards",
        _flooded,
    )


def _other_user(user: str) -> Callable[[SshTarget, Path], Outcome]:
    return lambda target, _folder: expect_refused(
        target.run("-tt", user=user), ALT_SCREEN_ON.decode()
    )


def _passwords(target: SshTarget, folder: Path) -> Outcome:
    script = save_script(folder, "askpass", "#!/bin/sh\necho password\n")
    asking = type(target)(
        target.host,
        target.port,
        "root",
        "",
        target.options,
        {"SSH_ASKPASS": str(script), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":0"},
    )
    words = ("-o", "BatchMode=no", "-o", "PubkeyAuthentication=no")
    return expect_refused(
        asking.run(*words, "-o", "NumberOfPasswordPrompts=3", command=["id"]), "uid="
    )


def _method(method: str) -> Callable[[SshTarget, Path], Outcome]:
    option = f"PreferredAuthentications={method}"
    return lambda target, _folder: expect_refused(
        target.run("-o", "BatchMode=no", "-o", option, command=["id"], user="root"), "uid="
    )


def _options(chosen: Sequence[str]) -> Callable[[SshTarget, Path], Outcome]:
    flags = [word for option in chosen for word in ("-o", option)]
    return lambda target, _folder: expect_refused(target.run("-tt", *flags), ALT_SCREEN_ON.decode())


def _many_sessions(target: SshTarget, folder: Path) -> Outcome:
    control = str(folder / "c")
    with target.session("-M", "-S", control) as first:
        if not first.wait_for(ALT_SCREEN_ON):
            return Outcome(
                f"no session at all: {last_line(first.raw.decode('utf-8', 'replace'))}", "FAILED"
            )
        more = 0
        for _ in range(_SESSIONS - 1):
            outcome = target.run(
                "-tt", "-S", control, "-o", "ControlMaster=no", "-o", "ProxyCommand=/bin/false",
                seconds=3,
            )  # fmt: skip
            more += "\x1b[?1049h" in outcome.output
        if more:
            return Outcome(f"{1 + more} sessions on one connection", "FAILED")
        alive = first.process.poll() is None
    return Outcome("one session; the others refused" + ("" if alive else "; it ended"), "refused")


def _held(target: SshTarget, _folder: Path) -> Outcome:
    """Holds connections that never log in, and enters beside them from the same address."""
    with contextlib.ExitStack() as stack:
        served = _open_many(target, _NEIGHBOUR_CONNECTIONS, stack)
        took = _seconds_until_entered(target, _NEIGHBOUR_SECONDS)
    words = f"{served} of {_NEIGHBOUR_CONNECTIONS} got as far as the version"
    if took is None:
        return Outcome(f"{words}; the address is locked out beside them", "FAILED")
    return Outcome(f"{words}; a visitor entered beside them in {took:.1f} s", "contained")


def _flooded(target: SshTarget, _folder: Path) -> Outcome:
    """Opens more connections than one address may, and measures when it is served again."""
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        served = _open_many(target, _FLOOD_CONNECTIONS, stack)
        # Visitors of this address wait until these are gone; visitors of others do not.
        entered = _seconds_until_entered(target, _FLOOD_SECONDS) is not None
    words = f"{served} of {_FLOOD_CONNECTIONS} got as far as the version"
    words += f"; next visitor in {time.monotonic() - began:.0f} s"
    return Outcome(words, "contained" if entered and served < _FLOOD_CONNECTIONS else "FAILED")


def _open_many(target: SshTarget, number: int, stack: contextlib.ExitStack) -> int:
    """Opens connections that ``stack`` closes; returns how many were answered."""
    lines = []
    for _ in range(number):
        with contextlib.suppress(OSError):
            line = socket.create_connection((target.host, target.port), 3)
            lines.append(stack.enter_context(line))
    return sum(_banner(line) for line in lines)


def _seconds_until_entered(target: SshTarget, seconds: float) -> float | None:
    """Tries to enter repeatedly; returns the seconds it took, None if longer than ``seconds``."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with target.session() as session:
            if session.wait_for(ALT_SCREEN_ON, 5):
                return time.monotonic() - began
        time.sleep(0.2)
    return None


def _banner(line: socket.socket) -> bool:
    with contextlib.suppress(OSError):
        line.settimeout(1)
        return line.recv(64).startswith(b"SSH-2.0")
    return False


def _garbage(target: SshTarget, _folder: Path) -> Outcome:
    came = b""
    address = (target.host, target.port)
    with contextlib.suppress(OSError), socket.create_connection(address, 3) as line:
        line.settimeout(5)
        line.sendall(bytes(range(128, 256)) * 8192)
        while part := line.recv(1024):
            came += part
    if re.search(rb"milatui|\x1b\[", came):
        return Outcome("something was shown", "FAILED")
    return Outcome("dropped before the key exchange", "refused")
