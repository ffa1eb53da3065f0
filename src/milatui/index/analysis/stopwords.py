"""Stop words: they leave a query unless nothing else is left, never a text.

The lists hold folded function words.  Every word stands in a published list:

- English: Snowball's (https://snowballstem.org/algorithms/english/stop.txt) or SMART's, of Salton
  and Buckley (Cornell, 1971; MySQL's ``MyISAM`` uses it);
- French: Snowball's (https://snowballstem.org/algorithms/french/stop.txt), Savoy's (*A stemming
  procedure and stopword list for general French corpora*, JASIS 50, 1999) or spaCy's.

Of these lists ours leave out what carries meaning (SMART's *changes*, *welcome*, *value*), and what
carries it in the other language: a query has none (*car*, *aura*).
"""

# untranslated: words of texts and queries, in both languages
from __future__ import annotations

from typing import Final

_ENGLISH: Final = """
a about above across after again against all almost along already also although always am among an
and another any anything are around as at away be because become becomes been before behind being
below beside besides between both but by can cannot concerning could did do does doing done down
during each either else enough etc even ever every everything few for from further get gets given
had has have having he hence her here hers herself him himself his how however i if in into is it
its itself just least less like many may me might more most mostly much must my myself neither no
none nor not now of off often on once one ones only onto or other others otherwise ought our ours
ourselves out over own per perhaps please quite rather regarding s same shall she should since so
some something still such t than that the their theirs them themselves then there therefore these
they this those though through throughout thus to together too toward towards under until up upon
us use used uses using very via want was we were what whatever when where whereas whether which
while who whom whose why will with within without would yet you your yours yourself yourselves
"""
_FRENCH: Final = """
a afin ai ainsi ait alors apres as assez au aucun aucune aussi autre autres aux avaient avait avant
avec avez avoir avons ayant beaucoup bien c ce ceci cela celle celles celui cependant ces cet cette
ceux chacun chaque chez ci combien comme comment d dans de depuis des doit doivent donc dont du
durant elle elles en encore entre es est et etaient etait etant ete etes etre eu eux fait furent
fut ici il ils j je jusqu jusque l la laquelle le lequel les lesquelles lesquels leur leurs lors
lorsque lui m ma mais me meme memes mes moi moins mon n ne ni non nos notre nous on ont ou par
parce parmi pas pendant peu peut peuvent peux plus plusieurs plutot pour pourquoi puis puisque qu
quand que quel quelle quelles quelque quelques quels qui quoi s sa sans se selon sera serait seront
ses si sinon soi soient soit sommes son sont sous suis sur t ta te telle telles tes toi ton
toujours tous tout toute toutes tres trop tu un une vers via voici vos votre vous y
"""
ENGLISH: Final = frozenset(_ENGLISH.split())
FRENCH: Final = frozenset(_FRENCH.split())
STOPWORDS: Final = ENGLISH | FRENCH
"""Words that leave a query as long as others are left."""
