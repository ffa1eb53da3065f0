"""Makes the man pages (section 1), in English and French, of the texts of ``--help``."""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from milatui import __version__
from milatui.cli import registry
from milatui.cli.main import main
from milatui.i18n import set_language
from tools.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class _Words:
    """What a man page says beside the texts of ``--help``."""

    section: str
    headings: tuple[str, str, str, str, str, str, str]
    purpose: str
    exit_status: str
    environment: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]


_ENGLISH: Final = _Words(
    section="User Commands",
    headings=(
        *("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS"),
        *("EXIT STATUS", "ENVIRONMENT", "FILES"),
    ),
    purpose="explore an archive of partnership announcements in the terminal",
    exit_status="0 done or found; 1 nothing found, or the check found faults; 2 wrong usage; 3 the"
    " archive\ncannot be read; 4 there is no index and none can be made; 130 interrupted.",
    environment=(
        ("MILATUI_ARCHIVE", "The archive, where --archive names none."),
        ("NO_COLOR", "If set, no colours are used, only bold, underline and reverse."),
        ("MILATUI_ASCII", "If set, the explorer draws with ASCII signs only."),
        (
            "XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME",
            "Where the index, keymap.toml, the saved searches and notes, and the trail lie.",
        ),
    ),
    files=(
        ("~/.config/milatui/keymap.toml", "Keys of one's own, by the ids the help shows."),
        ("~/.local/share/milatui/", "The last searches, those saved under a name, own notes."),
        ("~/.local/state/milatui/", "The research trail: what was searched and opened."),
        ("~/.cache/milatui/", "One index per archive; can be deleted at any time."),
    ),
)
_FRENCH: Final = _Words(
    section="Commandes",
    headings=(
        *("NOM", "SYNOPSIS", "DESCRIPTION", "COMMANDES"),
        *("CODE DE RETOUR", "ENVIRONNEMENT", "FICHIERS"),
    ),
    purpose="explorer une archive d’annonces de partenariats dans le terminal",
    exit_status="0 fait ou trouvé ; 1 rien trouvé, ou la vérification a trouvé des fautes ; 2"
    " mauvais usage ;\n3 l’archive ne peut pas être lue ; 4 il n’y a pas d’index et aucun ne"
    " peut être construit ;\n130 interruption.",
    environment=(
        ("MILATUI_ARCHIVE", "L’archive, si --archive n’en nomme pas."),
        ("NO_COLOR", "Si elle existe, aucune couleur : gras, souligné et inversion seulement."),
        ("MILATUI_ASCII", "Si elle existe, l’explorateur ne dessine qu’avec des signes ASCII."),
        (
            "XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME",
            "Où se trouvent l’index, keymap.toml, les recherches et notes gardées, le journal.",
        ),
    ),
    files=(
        ("~/.config/milatui/keymap.toml", "Touches choisies, par les noms que montre l’aide."),
        ("~/.local/share/milatui/", "Les dernières recherches, celles gardées, les notes."),
        ("~/.local/state/milatui/", "Le journal de recherche : ce qui a été cherché et ouvert."),
        ("~/.cache/milatui/", "Un index par archive ; peut être supprimé à tout moment."),
    ),
)
PAGES: Final[dict[str, Path]] = {
    "en": ROOT / "docs" / "milatui.1",
    "fr": ROOT / "docs" / "milatui.fr.1",
}
"""The man page of each language."""


def manual(language: str) -> str:
    """Returns the man page in a language."""
    words = _FRENCH if language == "fr" else _ENGLISH
    name, synopsis, description, commands, status, environment, files = words.headings
    helps = {each: _help(language, *each.split()) for each in ("", *registry.COMMANDS)}
    set_language("en")
    parts = [
        f'.TH MILATUI 1 "" "milatui {__version__}" "{words.section}"',
        f".SH {name}\nmilatui \\- {words.purpose}",
        f".SH {synopsis}",
        ".B milatui\n[\\fILOCATION\\fR] [\\fIoptions\\fR]\n.br",
        ".B milatui\n\\fICOMMAND\\fR ...",
        f".SH {description}\n.nf\n{_troff(helps.pop(''))}\n.fi",
        f".SH {commands}",
        *(f".SS milatui {each}\n.nf\n{_troff(text)}\n.fi" for each, text in helps.items()),
        f".SH {status}\n{words.exit_status}",
        f".SH {environment}",
        *(f".TP\n{each}\n{_troff(text)}" for each, text in words.environment),
        f".SH {files}",
        *(f".TP\n{each}\n{_troff(text)}" for each, text in words.files),
    ]
    return "\n".join(parts) + "\n"


def _help(language: str, *words: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(["--ui-lang", language, *words, "--help"])
    return printed.getvalue().strip()


def _troff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", escaped, flags=re.MULTILINE)
