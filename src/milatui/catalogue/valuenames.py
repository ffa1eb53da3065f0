"""What kinds and languages are called by those who ask, in English and in French."""

# untranslated: words of texts and queries, in both languages
from __future__ import annotations

from typing import Final

_KINDS: Final = """
people=person partenaire=partner personne=person evenement=event chiffre=figure
declaration=statement communique=press-release nouvelle=news rapport=report profil=profile
blogue=blog entreprise=company universite=university reseau=network start-up=startup
jeune-pousse=startup organisme-public=public-body institute=research-institute
institut=research-institute investisseur=investor bailleur=funder partenariat=partnership
renouvellement=renewal laboratory=lab-opening laboratoire=lab-opening financement=funding
subvention=grant entreprise-derivee=spin-off locaux=premises nomination=appointment
program=programme
"""
_LANGUAGES: Final = """
english=en anglais=en french=fr francais=fr spanish=es espagnol=es german=de allemand=de
portuguese=pt portugais=pt italian=it italien=it korean=ko coreen=ko japanese=ja japonais=ja
chinese=zh chinois=zh
"""
KINDS_BY_NAME: Final = dict(pair.split("=") for pair in _KINDS.split())
"""Folded names, hyphens between their words -> kinds as archives write them."""
LANGUAGES_BY_NAME: Final = dict(pair.split("=") for pair in _LANGUAGES.split())
"""Folded names -> BCP 47 tags."""
