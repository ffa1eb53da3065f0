"""Writes what stands behind the fields of a partner's card, gathered by where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.catalogue import wording
from milatui.catalogue.evidence import is_address
from milatui.catalogue.pagewriter import Piece
from milatui.catalogue.related import name_piece
from milatui.i18n import _, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.archive.records import Partner
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.pagewriter import PageWriter

_GENERAL: Final = "general knowledge"
_OUTSIDE: Final = "↗"

Said = dict[str, list[str]]
"""Fields in words, each with the words quoted for it."""


def write_provenance(catalogue: Catalogue, writer: PageWriter, partner: Partner) -> None:
    """One line per source: the fields it stands behind, the words quoted for them, and itself."""
    sources: dict[str, Said] = {}
    for field, source, exact in _bases(partner):
        quotes = sources.setdefault(source, {}).setdefault(field, [])
        if exact and exact not in quotes:
            quotes.append(exact)
    if not sources:
        return
    writer.heading(_("How this is known"))
    for source, said in sorted(sources.items(), key=lambda item: item[0] == _GENERAL):
        start = writer.at
        _write_fields(writer, said)
        writer.add(" — ", "dim")
        writer.pieces(_source(catalogue, source))
        writer.end_line()
        writer.hang(start, writer.at, 2)


def _bases(partner: Partner) -> Iterator[tuple[str, str, str]]:
    """Field in words, source (an id, an address, or general knowledge), words quoted."""
    for field, basis in partner.verified.items():
        source = basis.source or (_GENERAL if basis.basis == "page" else basis.basis)
        yield field_words(field), source, basis.exact
    for name in partner.names:
        if name.source:
            yield _("other names"), name.source, name.value


def field_words(field: str) -> str:
    """A field of a partner as the card calls it."""
    return {
        "name": _("name"),
        "country": _("country"),
        "city": _("city"),
        "founded": pgettext("field", "founded"),
        "website": _("website"),
        "kind": _("kind"),
        "sector": _("sector"),
        "ror": "ROR",
        "wikidata": "Wikidata",
        "isni": "ISNI",
    }.get(field, field.replace("_", " "))


def _write_fields(writer: PageWriter, said: Said) -> None:
    for number, (field, quotes) in enumerate(said.items()):
        writer.add((", " if number else "") + field)
        if quotes:
            writer.add(" " + ", ".join(wording.quoted(quote) for quote in quotes), "quote")


def _source(catalogue: Catalogue, source: str) -> list[Piece]:
    if source == _GENERAL:
        return [Piece(_("general knowledge, no source recorded"), "flag")]
    if is_address(source):
        name, host = site(source)
        pieces = [Piece(f"{name} {_OUTSIDE}", None, source)]
        return pieces if name == host else [*pieces, Piece(f"  {host}", "dim")]
    return [name_piece(catalogue, "document", source)]


def site(address: str) -> tuple[str, str]:
    """What a web address leads to in a few words, and its host."""
    # Nothing is asked of the address but what stands between its slashes: it may be any text.
    host, _slash, path = address.partition("://")[2].partition("/")
    host = host.rpartition("@")[2].removeprefix("www.")
    if host == "ror.org" or path.startswith("ror-community/ror-records"):
        return _("ROR record"), host
    if host.endswith("wikidata.org"):
        return _("Wikidata record"), host
    if host.endswith("wikipedia.org"):
        return _("Wikipedia"), host
    if host == "github.com":
        return _("GitHub record"), host
    return host, host
