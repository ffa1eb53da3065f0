"""The view of documents: those of a scope, the newest listed; a publisher's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue import wording
from milatui.catalogue.related import MOST, write_section, write_view_head
from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.pagewriter import PageWriter
    from milatui.catalogue.scope import Scope


def write_documents(catalogue: Catalogue, writer: PageWriter, scope: Scope) -> str:
    """Write the documents of a scope; return the title, the publisher's name if it has one."""
    numbers = catalogue.listing("document", scope)
    title = scope.publisher or _("Documents")
    facts = (wording.count_of("document", len(numbers)),)
    write_view_head(catalogue, writer, title, facts, scope.without("publisher"))
    rows = [catalogue.row(number) for number in numbers[:MOST]]
    write_section(writer, _("Newest first"), rows, total=len(numbers))
    return title
