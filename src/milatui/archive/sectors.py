"""Names of the sectors in English and French: their labels, and everyday words for them.

A partner is found by all of them: they are indexed with it, and ``--sector`` takes them.
"""

# untranslated: names in both languages are what is searched for, whatever the interface speaks.

from __future__ import annotations

from typing import Final

SECTOR_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "aerospace": ("aerospace", "aérospatiale", "aviation"),
    "ai-governance": ("AI safety and governance", "sécurité et gouvernance de l’IA"),
    "ai-research": ("AI research", "recherche en IA"),
    "ai-software": ("AI software", "logiciels d’IA"),
    "biotech": (
        "biotechnology",
        "biotechnologie",
        "pharma",
        "drug maker",
        "drug discovery",
        "fabricant de médicaments",
        "life sciences",
        "sciences de la vie",
    ),
    "computing": ("research computing", "calcul pour la recherche", "supercomputing"),
    "construction": ("construction",),
    "cybersecurity": ("security", "sécurité", "cybersecurity", "cybersécurité"),
    "electronics": ("electronics", "électronique"),
    "finance": ("banking and finance", "banque et finance", "bank", "banque"),
    "gaming": ("video games", "jeux vidéo", "game studio", "studio de jeux"),
    "government": ("government", "gouvernement"),
    "health-care": ("health care", "santé", "hospital", "hôpital"),
    "higher-education": ("higher education", "enseignement supérieur"),
    "industry": ("industrial technology", "technologie industrielle"),
    "insurance": ("insurance", "assurance", "insurer", "assureur"),
    "international": ("international organisations", "organisations internationales"),
    "investment": ("investment", "investissement", "venture capital", "capital de risque"),
    "it": ("information technology", "technologies de l’information"),
    "media": ("media", "médias"),
    "mining": ("mining", "mines"),
    "pharmaceuticals": (
        "pharmaceuticals",
        "pharmaceutique",
        "pharma",
        "drug maker",
        "fabricant de médicaments",
        "life sciences",
        "sciences de la vie",
    ),
    "philanthropy": ("philanthropy", "philanthropie", "charity"),
    "quantum": ("quantum technology", "technologie quantique"),
    "research": ("research", "recherche"),
    "research-funding": ("research funding", "financement de la recherche"),
    "skills": ("skills and training", "compétences et formation"),
    "society": ("society and human rights", "société et droits de la personne"),
    "start-up-support": ("support for start-ups", "appui aux jeunes entreprises", "incubator"),
    "telecommunications": ("telecommunications", "télécommunications", "telecoms"),
    "transport": ("transport", "automotive", "automobile"),
}
"""Names by sector: the English label, the French label, everyday words."""
