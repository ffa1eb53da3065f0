"""Defines an attack, and judges its outcome."""

# untranslated: the attacks are a protocol, read beside the documentation
from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from milatui.ssh.audit.ssh_client import ProcessResult, SshSession, SshTarget

Verdict = Literal["refused", "contained", "FAILED", "not tried"]
ALT_SCREEN_ON = b"\x1b[?1049h"
"""What the explorer sends first: it switches to the alternate screen."""
ALT_SCREEN_OFF = b"\x1b[?1049l"
_UNREACHED = (
    "Could not resolve",
    "Connection refused",
    "Connection timed out",
    "No route to host",
    "Network is unreachable",
    "Bad port",
    "bad port",
)
"""Messages of ``ssh`` when it has not reached the server, which is not a refusal."""


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack: ``command`` is shown as what was typed, ``expected`` as what must happen."""

    kind: str
    title: str
    command: str
    expected: str
    run: Callable[[SshTarget, Path], Outcome]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened, in a few words, and the verdict."""

    words: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AttackResult:
    """An attack with its outcome and duration."""

    attack: Attack
    found: Outcome
    seconds: float


def run_attack(attack: Attack, target: SshTarget, folder: Path) -> AttackResult:
    """Runs one attack; ``folder`` takes its files."""
    began = time.monotonic()
    try:
        found = attack.run(target, folder)
    except OSError as error:
        found = Outcome(error.strerror or str(error), "not tried")
    return AttackResult(attack, found, time.monotonic() - began)


def last_line(text: str) -> str:
    """Returns the last line of an output, cut to 72 characters for a table."""
    lines = [line.strip() for line in text.replace("\r", "\n").splitlines() if line.strip()]
    line = lines[-1] if lines else ""
    return line if len(line) <= 72 else line[:71] + "…"


def expect_refused(outcome: ProcessResult, *forbidden: str) -> Outcome:
    """Judges a run of ``ssh`` that must be refused.

    Refused if it ended by itself with an error and its output contains none of ``forbidden``.
    """
    for words in forbidden:
        if words in outcome.output:
            return Outcome(f"came through: {words}", "FAILED")
    for words in _UNREACHED:
        if words in outcome.output:
            return Outcome(last_line(outcome.output), "not tried")
    if outcome.status == 0:
        return Outcome(f"exit 0: {last_line(outcome.output)}", "FAILED")
    if outcome.status is None:
        return Outcome("still open after the time allowed", "FAILED")
    return Outcome(f"exit {outcome.status}: {last_line(outcome.output) or 'cut off'}", "refused")


def expect_responsive(session: SshSession, words: str, *, within: float = 2.0) -> Outcome:
    """Judges a session that must still work: contained if ``?`` brings output in time."""
    began = time.monotonic()
    session.settle(0.15, within)
    session.send(b"?")
    while time.monotonic() - began < within:
        if session.read(0.05):
            took = time.monotonic() - began
            return Outcome(f"{words}; answered after {took:.1f} s", "contained")
        if session.process.poll() is not None:
            break
    status = session.process.poll()
    if status is not None:
        return Outcome(f"{words}; the session ended ({status}), the server did not", "contained")
    return Outcome(f"{words}; no answer within {within:g} s", "FAILED")


def leaked_secret(raw: Iterable[int], *secrets: str) -> str:
    """Returns the first secret or part of a traceback that the terminal got, or ""."""
    text = bytes(raw).decode("utf-8", "replace")
    for secret in ("Traceback (most recent", "/site-packages/", "/lib/python", *secrets):
        if secret in text:
            return secret
    return ""
