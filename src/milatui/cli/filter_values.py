"""Checks the filters of a command line against the archive: typos are errors with suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from milatui.archive.kinds import KINDS
from milatui.catalogue.scope import Scope
from milatui.cli.argument_parser import did_you_mean
from milatui.cli.errors import CommandError
from milatui.cli.filter_options import check_range
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.catalogue.catalogue import Catalogue

_MAX_LISTED = 20
"""Maximum number of valid values in a message."""


def resolve_scope(catalogue: Catalogue, scope: Scope) -> Scope:
    """Replaces what filters are called by what they are in the archive.

    Kinds, sectors, languages and partners may be given by what lists print, in both languages.

    Args:
        catalogue: The archive.
        scope: The filters as they were written.

    Returns:
        The scope with kinds, sectors, languages and the id of the partner as in records.

    Raises:
        CommandError: the archive does not have the partner or publisher, a kind, sector or
            language is unknown, or the range ends before it begins.
    """
    check_range(scope)
    for publisher in sorted(scope.publishers):
        _check_publisher(catalogue, publisher)
    return scope._replace(
        partners=frozenset(_partner(catalogue, partner) for partner in scope.partners),
        kinds=frozenset(_kind(catalogue, kind) for kind in scope.kinds),
        languages=frozenset(_language(catalogue, each) for each in scope.languages),
        sectors=_sectors(catalogue, scope.sectors),
    )


def _sectors(catalogue: Catalogue, given: frozenset[str]) -> frozenset[str]:
    """Returns the sectors that words stand for."""
    if not given:
        return given
    from milatui.catalogue.lists.sector_names import sector_names, sectors_meant

    own = catalogue.sector_ids
    found: set[str] = set()
    for word in sorted(given):
        meant = sectors_meant(word, own)
        if not meant:
            message = _("there is no sector “{name}”").format(name=word)
            _refuse(message, word, sector_names(own), own)
        found |= meant
    return frozenset(found)


def _kind(catalogue: Catalogue, given: str) -> str:
    """Returns the kind that a word stands for: an archive's own, a common one, or its label."""
    from milatui.catalogue.labels.labels import labelled_kinds
    from milatui.catalogue.search.field_filters import kind_meant

    own = catalogue.subkinds
    known = {*KINDS, *own, *labelled_kinds()}
    kind = kind_meant(given, known)
    if kind not in known:
        message = _("there is no kind “{name}”").format(name=given)
        _refuse(message, given, known, (*KINDS, *own))
    return kind


def _language(catalogue: Catalogue, given: str) -> str:
    """Returns the tag of a language that is given as a tag or a name."""
    from milatui.catalogue.search.field_filters import LANGUAGE_ALIASES
    from milatui.index.analysis.tokenizer import query_words

    tag = LANGUAGE_ALIASES.get("".join(query_words(given)), given).lower()
    tags = catalogue.info.languages
    known = {known.lower() for known in tags} | set(LANGUAGE_ALIASES.values())
    if not any(each == tag or each.startswith(f"{tag}-") for each in known):
        message = _("there is no language “{name}”").format(name=given)
        _refuse(message, given.lower(), (*tags, *LANGUAGE_ALIASES), tags)
    return tag


def _partner(catalogue: Catalogue, given: str) -> str:
    """Returns the id of a partner that is given by its id or by one of its names."""
    if catalogue.find("partner", given) is not None:
        return given
    called = catalogue.partners_called(given)
    if len(called) == 1:
        return called[0]
    if called:
        message = _("several partners are called “{name}”").format(name=given)
        _refuse(message, given, (), called)
    near = catalogue.similar_ids("partner", given)
    message = _("there is no partner “{id}”").format(id=given)
    message += did_you_mean(given, near) if near else ""
    raise CommandError(message, hint=_("All of them: milatui list partners"))


def check_person(catalogue: Catalogue, given: str) -> None:
    """Refuses the id of a person who is not in the archive.

    Raises:
        CommandError: there is no such person.
    """
    if not given or catalogue.find("person", given) is not None:
        return
    near = catalogue.similar_ids("person", given)
    message = _("there is no person “{id}”").format(id=given)
    message += did_you_mean(given, near) if near else ""
    raise CommandError(message, hint=_("All of them: milatui list people"))


def _check_publisher(catalogue: Catalogue, given: str) -> None:
    if catalogue.has_publisher(given):
        return
    names = [row.name for row in catalogue.publishers(Scope(), "count")]
    _refuse(_("there is no publisher “{name}”").format(name=given), given, names, names)


def _refuse(message: str, given: str, known: Iterable[str], listed: Sequence[str]) -> NoReturn:
    """Raises an error with the known values most like the given one, and the valid ones."""
    values = ", ".join(listed[:_MAX_LISTED] if len(listed) > 2 * _MAX_LISTED else listed)
    if len(listed) > 2 * _MAX_LISTED:
        values += ", …"
    hint = _("There are: {values}").format(values=values)
    raise CommandError(message + did_you_mean(given, sorted(set(known))), hint=hint)
