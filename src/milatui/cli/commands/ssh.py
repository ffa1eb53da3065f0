"""``milatui ssh``: writes the files of a public login, audits it, runs its prefork server."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.cli import options, ssh_check
from milatui.cli.errors import CommandError, Exit
from milatui.cli.explore import IDLE, LONGEST
from milatui.cli.folder_options import archive_dir, index_dir
from milatui.cli.output import strong
from milatui.i18n import _, language, set_language

if TYPE_CHECKING:
    from milatui.cli.argument_parser import CommandParser
    from milatui.ssh.deploy.settings import LoginSettings


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``ssh config``, ``ssh check`` and ``ssh warm``."""
    parser.describe(
        _("Let others read an archive by ssh, and nothing else."),
        (
            (
                "milatui ssh config --into DIR",
                _("write sshd's configuration, launcher, units, how-to"),
            ),
            ("milatui ssh config --anonymous --warm", _("print them: no keys, many sessions")),
            ("milatui ssh check HOST 2222", _("attack one's own server, print the table")),
            ("milatui ssh warm --socket PATH", _("the process that preloaded sessions come from")),
        ),
        "milatui ssh config | check HOST PORT | warm",
    )
    tasks = parser.add_subparsers(
        title=_("Tasks"), dest="task", metavar="TASK", required=True, prog=parser.prog
    )
    _configure_config(tasks.add_parser("config", help=_("write the files of a public login")))
    ssh_check.configure(tasks.add_parser("check", help=_("try the list of attacks on a server")))
    _configure_warm(tasks.add_parser("warm", help=_("serve sessions from a preloaded process")))
    options.add_shared(parser)


def _configure_config(parser: CommandParser) -> None:
    parser.describe(
        _("Write all that a public, read-only login by ssh needs, and how to set it up."),
        (
            ("milatui ssh config", _("print the files")),
            ("milatui ssh config --into DIR", _("write them; then read HOWTO.md there")),
            ("milatui ssh config --archive DIR --anonymous", _("everybody may read that archive")),
            ("milatui ssh config --warm", _("for more than 20 visitors at once")),
            ("milatui ssh config --ui-lang fr", _("French for visitors whose language is unknown")),
            ("milatui ssh config --into DIR --port 2300 --force", _("write other files in place")),
        ),
        "milatui ssh config [--into DIR]",
    )
    unset = argparse.SUPPRESS
    parser.add_argument("--into", type=Path, metavar="DIR", help=_("write the files into DIR"))
    parser.add_argument(
        "--force", action="store_true", help=_("replace files that are there already")
    )
    for name, text in (
        ("folder", _("where the files will lie (default: DIR, else /etc/milatui)")),
        ("account", _("the account visitors log in as (default: archive)")),
        ("address", _("the address to listen at (default: all)")),
        ("owner", _("the account the index belongs to (default: root)")),
        ("python", _("the Python that milatui is installed for (default: this one)")),
    ):
        parser.add_argument(f"--{name}", default=unset, help=text)
    for name, text in (
        ("port", _("the port to listen at (default: 2222)")),
        ("idle", _("minutes without a key that end a session (default: 15)")),
        ("longest", _("minutes a session may last (default: 240)")),
        ("sessions", _("sessions at a time (default: 50)")),
    ):
        parser.add_argument(f"--{name}", type=int, default=unset, help=text)
    parser.add_argument(
        "--anonymous", action="store_true", help=_("let everybody in, without key or password")
    )
    parser.add_argument("--warm", action="store_true", help=_("use the preloaded process"))
    options.add_shared(parser)


def _configure_warm(parser: CommandParser) -> None:
    parser.describe(
        _("Run the preloaded process that forks each visitor's session. Its unit starts it."),
        (("milatui ssh warm --socket /run/milatui/warm", _("serve until it is told to stop")),),
        "milatui ssh warm --socket PATH",
    )
    parser.add_argument("--socket", type=Path, required=True, help=_("where to listen"))
    parser.add_argument("--sessions", type=int, default=50, help=_("sessions at a time"))
    parser.add_argument("--idle", type=float, default=IDLE, help=_("minutes without a key"))
    parser.add_argument("--longest", type=float, default=LONGEST, help=_("minutes in all"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Runs the task: ``config``, ``check`` or ``warm``."""
    set_language(args.lang)
    tasks = {"config": _config, "check": ssh_check.check, "warm": _warm}
    return tasks[args.task](args)


def _config(args: argparse.Namespace) -> int:
    from milatui.ssh.deploy.deployment_files import render_files, unreadable_paths

    settings = _settings(args)
    _refuse_closed_python(settings)
    texts = render_files(
        settings, placed=args.into is not None and settings.folder == args.into.resolve()
    )
    for path in unreadable_paths(settings):
        words = _("the account of visitors cannot get at {path}: it is closed to other accounts")
        print(f"milatui: {words.format(path=path)}", file=sys.stderr)
    if args.into is not None:
        return _write(texts, args.into, force=args.force)
    for name, text in texts.items():
        print(strong(f"# ---- {name}"))
        print(text)
    return Exit.DONE


def _refuse_closed_python(settings: LoginSettings) -> None:
    from milatui.ssh.deploy.deployment_files import unreadable_python

    path = unreadable_python(settings)
    if path is None:
        return
    message = _("the account of visitors cannot run {path}: it is closed to other accounts")
    hint = _(
        "Install milatui where every account can read it (/usr/bin/python3 -m venv /opt/milatui"
        " && /opt/milatui/bin/pip install .), then repeat the command with"
        " /opt/milatui/bin/milatui, or name its Python with --python."
    )
    raise CommandError(message.format(path=path), hint=hint)


def _write(texts: dict[str, str], folder: Path, *, force: bool) -> int:
    from milatui.ssh.deploy.deployment_files import obsolete_files, write_files

    try:
        paths = write_files(texts, folder, force=force)
    except FileExistsError as error:
        message = _("{path} is there already, and nothing was written").format(path=error.filename)
        hint = _("--force replaces the files; {path} there has the command they were made with.")
        raise CommandError(message, Exit.NO_RESULTS, hint.format(path="HOWTO.md")) from None
    except OSError as error:
        message = f"{error.filename}: {error.strerror}"
        raise CommandError(message, Exit.NO_RESULTS) from None
    for path in paths:
        print(path)
    for path in obsolete_files(texts, folder):
        words = _("{path} is no longer part of it: remove it, here and where it is installed")
        print(f"milatui: {words.format(path=path)}", file=sys.stderr)
    print(_("Now read {path}.").format(path=folder / "HOWTO.md"), file=sys.stderr)
    return Exit.DONE


def _settings(args: argparse.Namespace) -> LoginSettings:
    from milatui.ssh.deploy.settings import LoginSettings, SettingError
    from milatui.ssh.deploy.sshd import openssh_version

    given: dict[str, object] = {"archive": archive_dir(args).resolve(), "language": language()}
    for field in fields(LoginSettings):
        value = getattr(args, field.name, None)
        if value is not None and field.name not in given:
            given[field.name] = Path(value).absolute() if isinstance(field.default, Path) else value
    if args.into is not None and "folder" not in given:
        given["folder"] = args.into.resolve()
    given["version"] = openssh_version(LoginSettings().sshd)
    try:
        return replace(LoginSettings(), **given)  # type: ignore[arg-type]
    except SettingError as error:
        raise CommandError(str(error)) from None


def _warm(args: argparse.Namespace) -> int:
    from milatui.ssh.prefork.isolation import reexec_isolated

    reexec_isolated(_warm_arguments(args))
    from milatui.ssh.prefork.preload import SessionFactory
    from milatui.ssh.prefork.server import PreforkServer
    from milatui.tui.app_options import Options

    session = Options(
        archive=archive_dir(args).resolve(),
        index=index_dir(args),
        index_owners=tuple(args.index_owner),
        read_only=True,
        language=language(),
        idle=60 * args.idle,
        longest=60 * args.longest,
    )
    server = PreforkServer(args.socket, session, SessionFactory(session), args.sessions)
    print(_("ready: {path}").format(path=args.socket), file=sys.stderr)
    server.serve()
    return Exit.DONE


def _warm_arguments(args: argparse.Namespace) -> list[str]:
    """Returns the arguments of ``ssh warm`` with absolute paths, independent of the environment."""
    index = index_dir(args)
    words = ["ssh", "warm", "--socket", str(args.socket.absolute())]
    words += ["--archive", str(archive_dir(args).resolve())]
    words += ["--index", str(index.absolute())] if index else []
    words += [word for owner in args.index_owner for word in ("--index-owner", owner)]
    words += ["--idle", str(args.idle), "--longest", str(args.longest)]
    return [*words, "--sessions", str(args.sessions), "--lang", language()]
