"""Settings of a public login, each validated before it is written into a file."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, fields
from pathlib import Path

from milatui.i18n import LANGUAGES, _

_ACCOUNT = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_ADDRESS = re.compile(r"[0-9A-Za-z.:\[\]-]{1,253}")
# These characters have no meaning in sshd_config, shell scripts and unit files.
_PATH = re.compile(r"/[0-9A-Za-z_./+@=,-]*")


_REPEATED = ("account", "address", "port", "index", "owner", "idle", "longest", "sessions")
"""Settings with an option of the same name, which is repeated if it differs from the default."""


class SettingError(ValueError):
    """A setting is not valid; the message names it."""


@dataclass(frozen=True, slots=True)
class LoginSettings:
    """One public login.

    ``folder`` is where the files made by ``milatui ssh config`` will lie; ``owner`` the
    account whose index is read; ``idle`` and ``longest`` are minutes; ``sessions`` the most
    at a time; ``language`` is spoken to visitors whose LANG names none we speak; ``anonymous``
    lets everybody in without key or password; ``warm`` uses the pre-warmed process, which
    listens at ``socket``; ``version`` is that of the server's OpenSSH, None if unknown.
    """

    folder: Path = Path("/etc/milatui")
    account: str = "archive"
    address: str = "0.0.0.0"  # noqa: S104 - a public login is what is asked for
    port: int = 2222
    archive: Path = Path("/srv/milatui/archive")
    index: Path = Path("/srv/milatui/index")
    owner: str = "root"
    python: Path = Path(sys.executable)
    sshd: Path = Path("/usr/sbin/sshd")
    socket: Path = Path("/run/milatui/warm")
    idle: int = 15
    longest: int = 240
    sessions: int = 50
    language: str = "en"
    anonymous: bool = False
    warm: bool = False
    version: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        for name in ("account", "owner"):
            if not _ACCOUNT.fullmatch(str(getattr(self, name))):
                raise SettingError(
                    _("{value} cannot be the name of an account").format(value=getattr(self, name))
                )
        if not _ADDRESS.fullmatch(self.address):
            raise SettingError(_("{value} is not an address").format(value=self.address))
        for name in (field.name for field in fields(self) if isinstance(field.default, Path)):
            if not _PATH.fullmatch(str(getattr(self, name))):
                message = _("{value}: only absolute paths of plain letters can be used here")
                raise SettingError(message.format(value=getattr(self, name)))
        if not 0 < self.port < 65536:
            raise SettingError(_("{value} is not a port").format(value=self.port))
        if self.language not in LANGUAGES:
            message = _("{value} is not a language of the interface")
            raise SettingError(message.format(value=self.language))
        if min(self.idle, self.longest, self.sessions) < 1:
            raise SettingError(_("durations and numbers of sessions start at one"))

    def conditions(self) -> set[str]:
        """Returns the conditions of the templates that hold for this login."""
        names = {"anonymous" if self.anonymous else "by_key"}
        return names | {"warm"} if self.warm else names

    @property
    def launcher(self) -> Path:
        """The only program the account can start."""
        return self.folder / "launch"

    @property
    def shell(self) -> Path:
        """The login shell of the account, which starts the launcher whatever its arguments are."""
        return self.folder / "shell"

    @property
    def farewell(self) -> Path:
        """The script that ends all sessions before the server stops."""
        return self.folder / "farewell"

    def repeat(self) -> list[str]:
        """Returns the command that renders the files of this login again, in their folder."""
        words = [str(self.python), "-I", "-m", "milatui", "ssh", "config"]
        words += ["--into", str(self.folder), "--archive", str(self.archive)]
        for name, usual in ((field.name, field.default) for field in fields(self)):
            if name in _REPEATED and getattr(self, name) != usual:
                words += [f"--{name}", str(getattr(self, name))]
        words += ["--lang", self.language]
        words += [f"--{name}" for name in ("anonymous", "warm") if getattr(self, name)]
        return words

    def explorer(self) -> list[str]:
        """Returns the arguments of the explorer in every session, without the language."""
        return [
            "--read-only",
            "--archive", str(self.archive),
            "--index", str(self.index),
            "--index-owner", self.owner,
            "--idle", str(self.idle),
            "--longest", str(self.longest),
        ]  # fmt: skip

    @property
    def warm_command(self) -> str:
        """The command line of the preloaded server."""
        words = [str(self.python), "-I", "-B", "-m", "milatui", "ssh", "warm"]
        words += ["--socket", str(self.socket), "--sessions", str(self.sessions)]
        # Without --read-only, which the server sets itself.
        return " ".join((*words, *self.explorer()[1:], "--lang", self.language))
