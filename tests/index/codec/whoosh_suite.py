"""Runs Whoosh's own test suite twice, on its codec and on ours, and compares the outcomes.

    python -m tests.index.codec.whoosh_suite SDIST [PYTEST ARGUMENT ...]

SDIST is a source distribution of the Whoosh that is installed (``pip download --no-deps
--no-binary :all: whoosh-reloaded==2.7.5``), an archive or the folder it was unpacked to. Nothing of
it is part of this project. Exit status 1 says that a test passes on Whoosh's codec only and is not
in ``EXPLAINED``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import unpack_archive
from typing import Final
from xml.etree import ElementTree as ET

ROOT: Final = Path(__file__).parents[3]
_NOT_OF_FORMAT: Final = "gives a TEXT field posting values that its format did not encode"
_OWN_FILES: Final = "looks into the files of Whoosh's own codec"
EXPLAINED: Final[dict[str, str]] = {
    "test_codecs::test_fieldwriter_multiblock": _NOT_OF_FORMAT,
    "test_codecs::test_fieldwriter_single_term": _NOT_OF_FORMAT,
    "test_codecs::test_fieldwriter_two_terms": _NOT_OF_FORMAT,
    "test_codecs::test_corrupt_postings_block_raises_clear_error": _OWN_FILES,
    "test_codecs::test_tiny_blocks_stored_uncompressed_round_trip": _OWN_FILES,
}
"""Tests that pass on Whoosh's codec only, and why; the last two are whoosh3's."""


def use_flat_codec() -> None:
    """Makes ours Whoosh's codec, also where its own is named; before anything imports it."""
    from whoosh import codec
    from whoosh.codec import whoosh3

    from milatui.index.codec.codec import FlatCodec

    def flat_codec(*_args: object, **_options: object) -> FlatCodec:
        return FlatCodec()

    codec.default_codec = flat_codec
    whoosh3.W3Codec = flat_codec


def outcomes(tests: Path, codec: str, arguments: list[str]) -> dict[str, str]:
    """Runs the suite on a codec: test name -> passed, failed or skipped."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        paths = [folder, str(ROOT), str(ROOT / "src")]
        if codec == "flat":
            # Every Python process of the run reads this first, those that tests start as well.
            script = "from tests.index.codec.whoosh_suite import use_flat_codec\nuse_flat_codec()\n"
            (Path(folder) / "sitecustomize.py").write_text(script, "utf-8")
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONHASHSEED": "0",
            "TMPDIR": folder,
        }
        command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-W", "ignore"]
        command += ["-c", os.devnull, "-p", "no:cacheprovider", f"--rootdir={tests}"]
        command += [f"--junitxml={report}", *arguments, str(tests)]
        subprocess.run(command, check=False, env=environment, cwd=folder)
        found = {}
        for case in ET.parse(report).iter("testcase"):  # noqa: S314
            name = f"{case.get('classname')}::{case.get('name')}"
            kinds = {child.tag for child in case}
            failed = kinds & {"failure", "error"}
            found[name] = "failed" if failed else "skipped" if "skipped" in kinds else "passed"
        return found


def compare(tests: Path, arguments: list[str]) -> int:
    """Runs the suite on both codecs and print how they differ."""
    theirs = outcomes(tests, "whoosh", arguments)
    ours = outcomes(tests, "flat", arguments)
    for name, found in (("Whoosh's codec", theirs), ("flat codec", ours)):
        counts = {
            kind: list(found.values()).count(kind) for kind in ("passed", "failed", "skipped")
        }
        print(name, counts)
    worse = 0
    for name in sorted(theirs.keys() | ours.keys()):
        before, after = theirs.get(name, "missing"), ours.get(name, "missing")
        if before == "failed" == after:
            print("fails on both:", name)
        elif before != after:
            reason = EXPLAINED.get(name, "")
            print(f"{before} on Whoosh's, {after} on the flat codec: {name} ({reason})")
            worse += before == "passed" and not reason
    return 1 if worse else 0


def main(source: Path, arguments: list[str]) -> int:
    """Unpack a source distribution if need be, and compare."""
    with tempfile.TemporaryDirectory() as folder:
        if source.is_dir():
            return compare((source / "tests").resolve(), arguments)
        unpack_archive(source, folder)
        (unpacked,) = Path(folder).iterdir()
        return compare(unpacked / "tests", arguments)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
