"""Function words: they leave a query unless nothing else is left, never a text.

The lists hold folded words.  The third are words that people wrap a question in.
"""

from __future__ import annotations

from typing import Final

_ENGLISH: Final = """
a about above across after again against all almost along already also although always am among
an and any are around as at away be because become been before behind being below between both
but by can cannot could did do does doing done down during each either else enough etc even ever
every few for from further get give given had has have having he her here hers herself him
himself his how however i if in into is it its itself just least less like made make many may me
might mine more most much must my myself neither no none nor not now of off often on once one
only or other others our ours out over own per perhaps please rather same shall she should since
so some still such than that the their theirs them themselves then there therefore these they
this those though through throughout thus to too toward towards under until up upon us use used
using very via want was we were what when where whereas whether which while who whom whose why
will with within without would yet you your yours
"""
_FRENCH: Final = """
a afin ai ainsi alors apres as au aucun aucune aussi autre autres aux avec avez avoir avons c ce
ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de depuis
des donc dont du elle elles en encore entre es est et etaient etait etant ete etes etre eu eux
faire fais fait faut furent fut ici il ils j je l la le les leur leurs lors lui m ma mais me
meme memes mes moi moins mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut
peux plus plusieurs pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa sans
se sera seront ses si son sont sous suis sur t ta te tes toi ton toujours tous tout toute toutes
tres tu un une vers voici vos votre vous y
"""
_ASKING: Final = """
anything article articles concerning deal dealing deals describe described describes describing
discuss discussed discusses discussing document documents find information interested paper
papers regarding show something
"""
ENGLISH: Final = frozenset(_ENGLISH.split())
FRENCH: Final = frozenset(_FRENCH.split())
STOPWORDS: Final = ENGLISH | FRENCH | frozenset(_ASKING.split())
"""Words that leave a query as long as others are left."""
