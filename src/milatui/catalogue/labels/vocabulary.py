"""Returns labels of sectors and measures in the interface's language.

Sectors are a small controlled list. Measures are an archive's own: the common ones have a label,
the others are shown as they are written.
"""

from __future__ import annotations

from functools import lru_cache

from milatui.i18n import _, language, pgettext


def sector_label(sector: str) -> str:
    """Returns a sector in words; a sector of an archive's own as it is written."""
    return _sectors(language()).get(sector, sector)


def measure_label(measure: str) -> str:
    """Returns the name of a measure in words; one without a label as written, with spaces."""
    return _measures(language()).get(measure) or measure.replace("_", " ")


@lru_cache(maxsize=2)
def _sectors(_spoken: str) -> dict[str, str]:
    """Returns the controlled list; the language is only the key of the cache."""
    return {
        "aerospace": _("aerospace"),
        "ai-governance": _("AI safety and governance"),
        "ai-research": _("AI research"),
        "ai-software": _("AI software"),
        "biotech": _("biotechnology"),
        "computing": _("research computing"),
        "construction": _("construction"),
        "cybersecurity": _("security"),
        "electronics": _("electronics"),
        "finance": _("banking and finance"),
        "gaming": _("video games"),
        "government": _("government"),
        "health-care": _("health care"),
        "higher-education": _("higher education"),
        "industry": _("industrial technology"),
        "insurance": _("insurance"),
        "international": _("international organisations"),
        "investment": _("investment"),
        "it": _("information technology"),
        "media": _("media"),
        "mining": _("mining"),
        "pharmaceuticals": _("pharmaceuticals"),
        "philanthropy": _("philanthropy"),
        "quantum": _("quantum technology"),
        "research": pgettext("sector", "research"),
        "research-funding": _("research funding"),
        "skills": _("skills and training"),
        "society": _("society and human rights"),
        "start-up-support": _("support for start-ups"),
        "telecommunications": _("telecommunications"),
        "transport": _("transport"),
    }


@lru_cache(maxsize=2)
def _measures(_spoken: str) -> dict[str, str]:
    """Returns the measures that have a label; the language is only the key of the cache."""
    return {
        "annual_budget": _("annual budget"),
        "applied_research_collaborations": _("applied research collaborations"),
        "area": _("area"),
        "basic_research_projects": _("projects of basic research"),
        "board_members": _("board members"),
        "building_area": _("building area"),
        "building_occupants": _("building occupants"),
        "chairs": _("chairs"),
        "charity_raised": _("money raised for charity"),
        "cifar_ai_chairs": _("Canada CIFAR AI chairs"),
        "cifar_funding": _("money from CIFAR"),
        "community_members": _("members of the community"),
        "companies": pgettext("measure", "companies"),
        "companies_target": _("companies planned"),
        "complex_area": _("complex area"),
        "core_universities": _("universities at the core"),
        "donation": _("donation"),
        "edi_scholarships": _("EDI scholarships"),
        "federal_grant": _("federal grant"),
        "founding_year": _("founding year"),
        "fund": _("size of the fund"),
        "fund_target": _("target of the fund"),
        "funding": pgettext("measure", "funding"),
        "funding_round": _("financing round"),
        "google_grant": _("Google grant"),
        "government_grants": _("government grants"),
        "grant": pgettext("measure", "grant"),
        "industrial_collaborators": _("collaborators in industry"),
        "industry_partners": _("industry partners"),
        "industry_sponsorship": _("sponsorship by industry"),
        "investment": pgettext("measure", "investment"),
        "jobs": pgettext("measure", "jobs"),
        "largest_claim": _("rank claimed by size"),
        "legal_start_year": _("year of the legal start"),
        "life_science_partners": _("partners in life sciences"),
        "loan": _("loan"),
        "member_institutions": _("member institutions"),
        "microsoft_gift": _("Microsoft gift"),
        "name_year": _("year of the name"),
        "papers": pgettext("measure", "papers"),
        "papers_iclr": _("papers at ICLR"),
        "papers_icml": _("papers at ICML"),
        "papers_with_industry": _("papers with industry"),
        "pathfinders_weeks": _("weeks of the Indigenous programme"),
        "pharma_partners": _("partners in pharmaceuticals"),
        "price": _("price"),
        "professional_masters_per_year": _("professional master’s students a year"),
        "professors": _("professors"),
        "projects": pgettext("measure", "projects"),
        "quebec_funding": _("money from Quebec"),
        "quebec_grant": _("Quebec grant"),
        "quebec_yearly_support": _("support by Quebec a year"),
        "research_projects": _("research projects"),
        "researchers": _("researchers"),
        "samsung_lab_area": _("area of the Samsung laboratory"),
        "samsung_lab_hires": _("researchers planned for the Samsung laboratory"),
        "samsung_lab_start": _("start of the Samsung laboratory"),
        "seats": _("seats"),
        "seoul_agreement": _("agreement with Seoul"),
        "sme_interventions": _("projects with small firms"),
        "staff": pgettext("measure", "staff"),
        "startups_supported": _("start-ups supported"),
        "stay": pgettext("measure", "stay"),
        "strategy_budget": _("budget of the strategy"),
        "student_institutions": _("institutions of the students"),
        "student_schools": _("schools of the students"),
        "student_universities": _("universities of the students"),
        "students": _("students"),
        "term": pgettext("measure", "term"),
        "total": pgettext("measure", "total"),
        "venture_fund_companies": _("companies of the venture fund"),
        "weeks": pgettext("measure", "weeks"),
    }
