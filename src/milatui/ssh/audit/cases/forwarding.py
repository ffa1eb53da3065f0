"""Attacks that try to connect through the server, in either direction."""

# untranslated: the attacks are a protocol, read beside the documentation
from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING

from milatui.ssh.audit.attack import ALT_SCREEN_ON, Attack, Outcome, expect_refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from milatui.ssh.audit.ssh_client import SshTarget

_KIND = "forwarding"
_STRICT = ("-o", "ExitOnForwardFailure=yes")


def attacks() -> Iterator[Attack]:
    """Yields attacks with TCP ports, Unix sockets, tunnels, X11 and agents."""
    for title, address in (
        ("the server itself", "127.0.0.1:22"),
        ("the cloud's metadata", "169.254.169.254:80"),
        ("IPv6", "[::1]:22"),
    ):
        yield Attack(_KIND, f"-W, {title}", f"ssh -W {address}", "refused", _stdio(address))
    yield Attack(_KIND, "-L", "ssh -L PORT:127.0.0.1:22", "no byte through", _local("127.0.0.1:22"))
    yield Attack(
        _KIND, "-L to a Unix socket", "ssh -L PORT:/run/dbus/system_bus_socket",
        "no byte through", _local("/run/dbus/system_bus_socket"),
    )  # fmt: skip
    yield Attack(_KIND, "-D", "ssh -D PORT", "no byte through", _dynamic)
    for title, address in (
        ("a port", "0:127.0.0.1:9"),
        ("a port for the world", "0.0.0.0:0:127.0.0.1:9"),
        ("a Unix socket", "/tmp/milatui-attack.sock:127.0.0.1:9"),  # noqa: S108 - on the server
    ):
        yield Attack(_KIND, f"-R, {title}", f"ssh -R {address}", "refused", _remote(address))
    yield Attack(_KIND, "a tunnel device", "ssh -w any:any", "refused", _tunnel)
    for title, flag in (("untrusted", "-X"), ("trusted", "-Y")):
        yield Attack(
            _KIND, f"X11, {title}", f"DISPLAY=:99 ssh {flag}", "refused, no DISPLAY", _x11(flag)
        )
    yield Attack(_KIND, "an agent", "ssh -A", "refused", _agent)


def _stdio(address: str) -> Callable[[SshTarget, Path], Outcome]:
    return lambda target, _folder: expect_refused(target.run("-W", address), "SSH-2.0")


def _remote(address: str) -> Callable[[SshTarget, Path], Outcome]:
    return lambda target, _folder: expect_refused(
        target.run("-N", *_STRICT, "-R", address, seconds=8)
    )


def _tunnel(target: SshTarget, _folder: Path) -> Outcome:
    outcome = target.run("-N", *_STRICT, "-w", "any:any", seconds=8)
    if "Tunnel device open failed" in outcome.output or "open failed" in outcome.output.lower():
        return Outcome("the tunnel was not opened", "refused")
    return expect_refused(outcome)


def free_port() -> int:
    """Returns a TCP port of the loopback interface that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _local(address: str) -> Callable[[SshTarget, Path], Outcome]:
    def run(target: SshTarget, _folder: Path) -> Outcome:
        port = free_port()
        return _through(target, ("-L", f"127.0.0.1:{port}:{address}"), port, b"")

    return run


def _dynamic(target: SshTarget, _folder: Path) -> Outcome:
    port = free_port()
    greeting = b"\x05\x01\x00" + b"\x05\x01\x00\x01\x7f\x00\x00\x01\x00\x16"
    return _through(target, ("-D", f"127.0.0.1:{port}"), port, greeting)


def _through(target: SshTarget, flags: tuple[str, ...], port: int, greeting: bytes) -> Outcome:
    """Connects to the local end of a forwarding; no byte of a service may come back."""
    with target.session("-v", "-N", *flags) as session:
        if not _wait_port(port):
            return Outcome("the forwarding never listened", "refused")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as line:
            line.settimeout(3)
            line.sendall(greeting)
            came = line.recv(64)
            came += line.recv(64) if greeting and came == b"\x05\x00" else b""
            if b"SSH-" in came or came[2:4] == b"\x05\x00":
                return Outcome(f"the server connected: {came!r}", "FAILED")
        session.settle(0.3, 2)
    return Outcome("closed without a byte of the service", "refused")


def _wait_port(port: int) -> bool:
    end = time.monotonic() + 8
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return True
        time.sleep(0.1)
    return False


def _x11(flag: str) -> Callable[[SshTarget, Path], Outcome]:
    def run(target: SshTarget, folder: Path) -> Outcome:
        location: tuple[str, ...] = ()
        if shutil.which("xauth") is None:
            # Without xauth the client would not ask: give it one that answers.
            xauth = folder / "xauth"
            cookie = "00" * 16
            xauth.write_text(f"#!/bin/sh\necho :99 MIT-MAGIC-COOKIE-1 {cookie}\n", encoding="utf-8")
            xauth.chmod(0o700)
            location = ("-o", f"XAuthLocation={xauth}")
        variables = {**target.environment, "DISPLAY": "127.0.0.1:99"}
        asking = _with(target, variables)
        return _asked(asking, (flag, *location), b"X11 forwarding request failed")

    return run


def _agent(target: SshTarget, folder: Path) -> Outcome:
    program = shutil.which("ssh-agent")
    if program is None:
        return Outcome("ssh-agent is not installed here", "not tried")
    path = folder / "agent"
    with subprocess.Popen([program, "-D", "-a", str(path)], stdout=subprocess.DEVNULL) as agent:
        try:
            end = time.monotonic() + 5
            while not path.is_socket() and time.monotonic() < end:
                time.sleep(0.05)
            asking = _with(target, {**target.environment, "SSH_AUTH_SOCK": str(path)})
            return _asked(asking, ("-A",))
        finally:
            agent.terminate()


def _with(target: SshTarget, variables: dict[str, str]) -> SshTarget:
    return type(target)(
        target.host, target.port, target.user, target.identity, target.options, variables
    )


def _asked(target: SshTarget, flags: tuple[str, ...], *signs: bytes) -> Outcome:
    """Asks with ``-vv`` and looks for the refusal; the session itself may start."""
    with target.session("-vv", "-o", "LogLevel=DEBUG2", *flags) as session:
        entered = session.wait_for(ALT_SCREEN_ON)
        session.settle()
        raw = bytes(session.raw)
    if b"client_request_x11" in raw or b"client_request_agent" in raw:
        return Outcome("the server opened a channel back", "FAILED")
    if not any(b"Requesting " + word in raw for word in (b"X11", b"authentication agent")):
        return Outcome("this ssh did not ask", "not tried")
    if any(sign in raw for sign in signs) or b"forwarding request failed on channel" in raw:
        return Outcome("request refused by the server", "refused")
    words = "no channel came back" + ("; session started without it" if entered else "")
    return Outcome(words, "contained")
