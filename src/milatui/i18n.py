"""Translates the texts of the interface (gettext). The lowest layer: it imports no other.

English is the source language and needs no catalogue. ``_`` looks the language up when it is
called: a text translated while a module is imported would miss ``--lang``.
"""

from __future__ import annotations

import gettext
import os

LANGUAGES = ("en", "fr")
_LOCALES = __file__.rpartition("/")[0] + "/locale"
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def environment_language() -> str:
    """Returns the language of the locale variables, or ``en`` if there is no translation to it."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            code = value[:2].lower()
            return code if code in LANGUAGES else "en"
    return "en"


def set_language(language: str | None) -> str:
    """Sets the interface's language and returns it.

    Args:
        language: One of ``LANGUAGES``; anything else means the language of the locale variables.
    """
    global _current, _language
    _language = language if language in LANGUAGES else environment_language()
    if _language == "en":
        _current = gettext.NullTranslations()
    else:
        _current = gettext.translation("milatui", _LOCALES, [_language], fallback=True)
    return _language


def language() -> str:
    """Returns the interface's language: ``en`` or ``fr``."""
    return _language


def _(message: str) -> str:
    """Translates ``message``."""
    found = _current.gettext(message)
    # Python 3.11.2 finds a message that has a plural, too, only as the singular of that.
    return _current.ngettext(message, message, 1) if found is message else found


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translates a message with a count: the form that fits ``number``."""
    return _current.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """Translates ``message`` as used in ``context`` (one English word, two French words)."""
    return _current.pgettext(context, message)
