"""Translation of everything a user reads (gettext); the bottom of all layers.

English is the source language, so it costs no catalogue to load.  ``_`` looks the
language up at call time: texts chosen at import time would miss ``--lang``.
"""

from __future__ import annotations

import gettext
import os

LANGUAGES = ("en", "fr")
_LOCALES = __file__.rpartition("/")[0] + "/locale"
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def environment_language() -> str:
    """The language the locale variables ask for, or English if we do not speak it."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            code = value[:2].lower()
            return code if code in LANGUAGES else "en"
    return "en"


def set_language(language: str | None) -> str:
    """Speak ``language`` (default: the locale's) from now on; return the one chosen."""
    global _current, _language
    _language = language if language in LANGUAGES else environment_language()
    if _language == "en":
        _current = gettext.NullTranslations()
    else:
        _current = gettext.translation("milatui", _LOCALES, [_language], fallback=True)
    return _language


def language() -> str:
    """The language now spoken: ``en`` or ``fr``."""
    return _language


def _(message: str) -> str:
    """``message`` in the language now spoken."""
    return _current.gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a counted message that fits ``number`` in the language now spoken."""
    return _current.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """``message`` as it is said in ``context`` (one English word, two French ones)."""
    return _current.pgettext(context, message)
