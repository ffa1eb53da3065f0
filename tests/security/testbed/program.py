"""Installs the program into a folder that every account can read."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tests.shared import share

ROOT = Path(__file__).resolve().parents[3]


def _dependencies(name: str, seen: dict[str, importlib.metadata.Distribution]) -> None:
    if name.lower() in seen:
        return
    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return
    seen[name.lower()] = distribution
    for line in distribution.requires or ():
        if "extra ==" not in line:
            _dependencies(re.split(r"[ ;<>=!~\[(]", line, maxsplit=1)[0], seen)


def _open_to_all(path: Path) -> bool:
    return path.exists() and all(parent.stat().st_mode & 1 for parent in path.parents)


def _interpreter() -> Path:
    """Returns a Python of this version that other accounts can start."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    candidates = (Path(sys.executable).resolve(), Path("/usr/bin") / version)
    return next(filter(_open_to_all, candidates), candidates[0])


def install(folder: Path) -> Path:
    """Copies the program, its archive and dependencies into ``folder``; returns its Python.

    What is installed is compiled once for all tests; a folder gets hard links to it.
    """
    shutil.copytree(_installation(), folder / "venv", symlinks=True, copy_function=_link_or_copy)
    return folder / "venv" / "bin" / "python3"


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # on another disk
        shutil.copy2(source, target, follow_symlinks=False)


def _installation() -> Path:
    """Returns the folder of a virtual environment that nobody starts."""
    return share("installed", _fill_installation)


def _fill_installation(venv: Path) -> None:
    base = _interpreter()
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    site = venv / "lib" / version / "site-packages"
    site.mkdir(parents=True)
    shared = Path(str(importlib.metadata.distribution("textual").locate_file("")))
    # Services and machines do not see our folder for temporary files.
    if _open_to_all(shared) and not shared.is_relative_to(tempfile.gettempdir()):
        (site / "shared.pth").write_text(f"{shared}\n", encoding="utf-8")
    else:
        _copy_dependencies(site)
    shutil.copytree(ROOT / "src" / "milatui", site / "milatui", symlinks=True)
    shutil.copytree(ROOT / "data", site / "milatui" / "data")
    (venv / "pyvenv.cfg").write_text(f"home = {base.parent}\n", encoding="utf-8")
    python = venv / "bin" / "python3"
    python.parent.mkdir()
    python.symlink_to(base)
    subprocess.run([python, "-I", "-m", "compileall", "-q", site], check=False)


def _copy_dependencies(site: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted: dict[str, importlib.metadata.Distribution] = {}
    for line in project["project"]["dependencies"]:
        _dependencies(re.split(r"[ ;<>=!~\[(]", line, maxsplit=1)[0], wanted)
    for distribution in wanted.values():
        for file in distribution.files or ():
            if ".." not in file.parts and not file.name.endswith(".pyc"):
                target = site / str(file)
                target.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(str(file.locate()), target)


def bundled_archive() -> Path:
    """Returns the archive of the installed program, which all logins share."""
    return next((_installation() / "lib").glob("*/site-packages/milatui/data"))


def copy_bundled_index(index: Path) -> Path:
    """Copies the index of ``bundled_archive``, readable for all; it is built once."""
    shutil.copytree(share("installed-index", _make_bundled_index) / "index", index)
    return index


def _make_bundled_index(folder: Path) -> None:
    python = _installation() / "bin" / "python3"
    make_index(python, bundled_archive(), folder / "index")


def make_index(python: Path, archive: Path, index: Path) -> Path:
    """Builds the index of ``archive`` in ``index``, readable for all."""
    words = [str(python), "-I", "-m", "milatui", "index"]
    words += ["--archive", str(archive), "--index", str(index)]
    subprocess.run(words, check=True, capture_output=True, env={"HOME": "/nonexistent"})
    subprocess.run(["chmod", "-R", "go+rX,go-w", index], check=True)
    return index
