"""Renders all files of a public login, writes them, and checks what they need."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.atomic_file import replace_file
from milatui.ssh.deploy.howto import howto
from milatui.ssh.deploy.launcher import launcher_script, login_shell, stop_script
from milatui.ssh.deploy.sshd import sshd_config
from milatui.ssh.deploy.systemd import HIDDEN_FOLDERS, prefork_unit, sshd_unit

if TYPE_CHECKING:
    from milatui.ssh.deploy.settings import LoginSettings

_PROGRAMS = ("launch", "shell", "farewell")
_WARM_UNIT = "milatui-warm.service"


def render_files(settings: LoginSettings, *, placed: bool = False) -> dict[str, str]:
    """Returns the text of each file by its name; the unit of the preloaded server only if wanted.

    ``placed``: the files are about to be written where they stay.
    """
    texts = {
        "sshd_config": sshd_config(settings),
        "launch": launcher_script(settings),
        "shell": login_shell(settings),
        "farewell": stop_script(settings),
        "milatui-sshd.service": sshd_unit(settings),
        "HOWTO.md": howto(settings, placed=placed),
    }
    if settings.warm:
        texts[_WARM_UNIT] = prefork_unit(settings)
    return texts


def write_files(texts: dict[str, str], folder: Path, *, force: bool = False) -> list[Path]:
    """Writes the files into ``folder`` and returns their paths.

    With ``force`` existing files are replaced atomically: a session that starts meanwhile runs the
    old launcher or the new one.

    Args:
        texts: Text of each file by its name, as ``render_files`` returns them.

    Raises:
        FileExistsError: A file exists, without ``force``; nothing is written then.
        NotADirectoryError: ``folder`` is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in texts]
    for path in paths:
        if not force and path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    for path, text in zip(paths, texts.values(), strict=True):
        replace_file(path, text, 0o755 if path.name in _PROGRAMS else 0o644)
    return paths


def obsolete_files(texts: dict[str, str], folder: Path) -> list[Path]:
    """Returns the files in ``folder`` that earlier settings needed and these do not.

    Args:
        texts: Text of each file by its name, as ``render_files`` returns them.
    """
    return [path for path in (folder / _WARM_UNIT,) if path.name not in texts and path.exists()]


def unreadable_python(settings: LoginSettings) -> Path | None:
    """Returns the path that the visitors' account cannot read and that its Python needs, or None.

    It is the program, what it links to, or the milatui installed for it. A path that is not on this
    machine is not judged.
    """
    paths = [settings.python, settings.python.resolve()]
    if settings.python == Path(sys.executable):
        paths.append(Path(__file__).resolve())
    return next((path for path in paths if _closed(path)), None)


def unreadable_paths(settings: LoginSettings) -> list[Path]:
    """Returns those of archive and index that the visitors' account cannot read."""
    return [path for path in (settings.archive, settings.index) if _closed(path)]


def _closed(path: Path) -> bool:
    """Returns whether a path is hidden by the units, or exists and is closed to other accounts."""
    if any(path.is_relative_to(folder) for folder in HIDDEN_FOLDERS):
        return True
    if not path.exists():
        return False
    searchable = all(parent.stat().st_mode & 0o001 for parent in path.parents)
    return not searchable or not path.stat().st_mode & 0o004
