"""Function words of English and French: they leave a query unless nothing else is left."""

from __future__ import annotations

from typing import Final

_ENGLISH = """
a about above after again all also am an and any are as at be because been before being below
between both but by can could did do does doing down during each few for from further had has have
having he her here hers him his how i if in into is it its itself just me more most my no nor not
now of off on once only or other our ours out over own s same she should so some such t than that
the their theirs them then there these they this those through to too under until up us very was
we were what when where which while who whom why will with would you your yours
"""
_FRENCH = """
a au aux avec c ce ces cet cette ceux chez comme d dans de des donc dont du elle elles en entre est
et eu eux fut il ils j je l la le les leur leurs lui m ma mais me meme mes mon n ne ni nos notre
nous on ont or ou par pas plus pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s
sa sans se ses si son sont sous sur ta te tes ton tous tout toute toutes tres tu un une vos votre
vous y ete etre fait quelque jusqu lorsqu puisqu aussi ainsi
"""

FUNCTION_WORDS: Final = frozenset(_ENGLISH.split()) | frozenset(_FRENCH.split())
"""Folded function words of both languages (a query's language is not known).

A query that has no other words keeps them.
"""
