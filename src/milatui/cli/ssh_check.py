"""``milatui ssh check``: tries the list of attacks on a server and prints the outcomes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from milatui.cli import options
from milatui.cli.errors import CommandError, Exit
from milatui.cli.output import Json, strong, table_lines, terminal_width, write_json
from milatui.cli.progress_line import ProgressLine
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from milatui.cli.argument_parser import CommandParser
    from milatui.ssh.audit.attack import AttackResult
    from milatui.ssh.audit.ssh_client import SshTarget

SCHEMA = "milatui.ssh-check/1"


def configure(parser: CommandParser) -> None:
    """Declares the arguments."""
    parser.describe(
        _("Attack a public login, and say what came of it. Only with the consent of its owner."),
        (
            ("milatui ssh check 127.0.0.1 2222", _("every attack, as a table")),
            ("milatui ssh check HOST 2222 --identity KEY", _("where visitors have keys")),
            ("milatui ssh check HOST 2222 --kind session", _("only what is typed into a session")),
            ("milatui ssh check localhost 2222", _("as root on the server: its account, too")),
            ("milatui ssh check HOST 2222 --json", _("for a program")),
        ),
        "milatui ssh check HOST PORT",
        (_("Exit status: 0 if all were refused or contained, 1 if not or if nobody can enter."),),
    )
    parser.add_argument("host", metavar="HOST", help=_("the server: one's own, or with consent"))
    parser.add_argument("port", metavar="PORT", type=int, help=_("its port"))
    parser.add_argument("--user", default="archive", help=_("the account (default: archive)"))
    parser.add_argument("--identity", default="", metavar="FILE", help=_("the private key"))
    parser.add_argument(
        "--kind",
        action="append",
        metavar="KIND",
        help=_("only these: account, request, forwarding, environment, session, login"),
    )
    parser.add_argument("--json", action="store_true", help=_("the table as JSON"))
    options.add_shared(parser)


def check(args: argparse.Namespace) -> int:
    """Runs the attacks; returns the exit code."""
    from milatui.ssh.audit.runner import (
        ATTACK_KINDS,
        all_attacks,
        preflight_error,
        run_attacks,
        verdict_counts,
    )
    from milatui.ssh.audit.ssh_client import SshTarget

    kinds = tuple(args.kind or ATTACK_KINDS)
    unknown = [kind for kind in kinds if kind not in ATTACK_KINDS]
    if unknown:
        message = _("no attacks are of the kind {kind}; there are: {kinds}")
        raise CommandError(message.format(kind=unknown[0], kinds=", ".join(ATTACK_KINDS)))
    if not 0 < args.port < 65536:
        raise CommandError(_("{value} is not a port").format(value=args.port))
    target = SshTarget(args.host, args.port, args.user, args.identity)
    reason = preflight_error(target)
    if reason:
        raise _nobody_enters(target, reason)
    rows: list[AttackResult] = []
    total = len(all_attacks(kinds))
    progress = ProgressLine()
    for row in run_attacks(target, kinds):
        rows.append(row)
        if progress.seconds_if_due():
            progress.show(f"{len(rows)}/{total}  {row.attack.kind}: {row.attack.title}")
    progress.finish()
    counts = verdict_counts(rows)
    if args.json:
        results: list[Json] = [_row_data(row) for row in rows]
        write_json({"schema": SCHEMA, "counts": dict(counts), "rows": results})
    else:
        _print_table(rows, counts)
    return Exit.NO_RESULTS if counts["FAILED"] else Exit.DONE


def _nobody_enters(target: SshTarget, reason: str) -> CommandError:
    message = _("no session at {host}, port {port}, as {user}: {reason}")
    message = message.format(host=target.host, port=target.port, user=target.user, reason=reason)
    hint = ""
    if "(publickey" in reason:
        hint = _("The key visitors enter with is given by --identity, their account by --user.")
    return CommandError(message, Exit.NO_RESULTS, hint)


def _print_table(rows: list[AttackResult], counts: Mapping[str, int]) -> None:
    header = [_("kind"), _("attack"), _("typed"), _("expected"), _("found"), _("verdict")]
    head, *lines = table_lines([header, *map(_row_cells, rows)], terminal_width())
    print(strong(head))
    for line in lines:
        print(strong(line) if line.endswith("FAILED") else line)
    words = ngettext("{n} attack", "{n} attacks", len(rows)).format(n=len(rows))
    words += ": " + ", ".join(f"{counts[verdict]} {verdict}" for verdict in sorted(counts))
    print(words, file=sys.stderr)


def _row_cells(row: AttackResult) -> list[str]:
    attack = row.attack
    return [
        attack.kind,
        attack.title,
        attack.command,
        attack.expected,
        row.found.words,
        row.found.verdict,
    ]


def _row_data(row: AttackResult) -> dict[str, Json]:
    names = ("kind", "attack", "command", "expected", "found", "verdict")
    data: dict[str, Json] = dict(zip(names, _row_cells(row), strict=True))
    data["seconds"] = round(row.seconds, 2)
    return data
