"""Returns labels of sectors, measures and places in the interface's language.

Sectors are a small controlled list. Measures and places are an archive's own: those of the bundled
archive have a label, others are shown as they are written.
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


def subject_label(measure: str, subject: str) -> str:
    """Returns a measure with the name of whom it is about, if that is given: ``gift · McGill``."""
    return f"{measure_label(measure)} · {subject}" if subject else measure_label(measure)


def place_label(place: str) -> str:
    """Returns the name of a place in words; a place without a label as it is written.

    A place may name a larger one after a comma, ``O Mile-Ex, Montreal``.
    """
    names = _places(language())
    return ", ".join(names.get(part, part) for part in place.split(", "))


def country_label(code: str) -> str:
    """Returns the name of a country by its ISO 3166 code; of others the code."""
    return _countries(language()).get(code, code)


@lru_cache(maxsize=2)
def _countries(_spoken: str) -> dict[str, str]:
    """Returns the countries of the usual archives; the language is only the key of the cache."""
    return {
        "AE": _("United Arab Emirates"),
        "AU": _("Australia"),
        "BE": _("Belgium"),
        "BR": _("Brazil"),
        "CA": _("Canada"),
        "CH": _("Switzerland"),
        "CN": _("China"),
        "DE": _("Germany"),
        "ES": _("Spain"),
        "FR": _("France"),
        "GB": _("United Kingdom"),
        "IL": _("Israel"),
        "IN": _("India"),
        "IT": _("Italy"),
        "JP": _("Japan"),
        "KE": _("Kenya"),
        "KR": _("South Korea"),
        "MX": _("Mexico"),
        "NL": _("Netherlands"),
        "SE": _("Sweden"),
        "SG": _("Singapore"),
        "US": _("United States"),
    }


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
        "academics": _("academics"),
        "accuracy": _("accuracy"),
        "adoption_budget": _("money for the adoption of AI"),
        "ai_budget": _("money for AI"),
        "ai_chairs": _("AI chairs"),
        "ai_investments": _("investments in AI"),
        "ai_new_money": _("new money for AI"),
        "annual_budget": _("annual budget"),
        "applied_research_collaborations": _("applied research collaborations"),
        "appointments_read": _("appointments analysed"),
        "articles": _("articles of the book"),
        "basic_research_projects": _("projects of basic research"),
        "board_members": _("board members"),
        "budget": pgettext("measure", "budget"),
        "building_occupants": _("building occupants"),
        "building_projects": _("building projects"),
        "charity_raised": _("money raised for charity"),
        "city_deep_learning_researchers": _("deep-learning researchers in the city"),
        "city_rank_ai_sector": _("rank of the city for AI"),
        "clinics_in_network": _("clinics in the network"),
        "clinics_using_forecasts": _("clinics with forecasts"),
        "commercialisation_budget": _("money for bringing AI to market"),
        "commitment": _("money promised in all"),
        "community_members": _("members of the community"),
        "companies": pgettext("measure", "companies"),
        "companies_backed": _("companies backed"),
        "companies_planned": _("companies planned"),
        "complex_area": _("complex area"),
        "compounds_predicted": _("compounds predicted"),
        "computing_budget": _("money for computing"),
        "concrete_savings": _("savings on concrete"),
        "conditions": _("conditions recognised"),
        "consortium_partners": _("partners of the consortium"),
        "contribution": pgettext("measure", "contribution"),
        "core_universities": _("universities at the core"),
        "country_rank_ai_skills_migration": _("rank of the country in the migration of AI skills"),
        "country_rank_gain_ai_skills_migration": _(
            "places gained by the country in the migration of AI skills"
        ),
        "course_hours": _("hours of the course"),
        "delegation_members": _("members of the delegation"),
        "desks": pgettext("measure", "desks"),
        "edi_scholarships": _("EDI scholarships"),
        "event_participants": _("participants in the event"),
        "experts": pgettext("measure", "experts"),
        "floor_area": _("floor area"),
        "founding_members": _("founding members"),
        "founding_year": _("founding year"),
        "fund_size": _("size of the fund"),
        "fund_target": _("target of the fund"),
        "funding": pgettext("measure", "funding"),
        "funding_round": _("financing round"),
        "genes": pgettext("measure", "genes"),
        "genetic_variants_predicted": _("genetic variants predicted"),
        "gift": pgettext("measure", "gift"),
        "government_grants": _("government grants"),
        "grant": pgettext("measure", "grant"),
        "grant_each": _("grant to each project"),
        "guests": _("guests"),
        "industrial_collaborators": _("collaborators in industry"),
        "industry_partners": _("industry partners"),
        "industry_sponsorship": _("sponsorship by industry"),
        "initial_staff": _("staff at the start"),
        "institutions": pgettext("measure", "institutions"),
        "investment": pgettext("measure", "investment"),
        "jobs_planned": _("jobs planned"),
        "joint_papers": _("joint papers"),
        "lab_start": _("start of the laboratory"),
        "largest_claim": _("rank claimed by size"),
        "legal_start_year": _("year of the legal start"),
        "leveraged_total": _("total with what the grant draws in"),
        "life_science_partners": _("partners in life sciences"),
        "loan": _("loan"),
        "member_institutions": _("member institutions"),
        "members_and_clients": _("members and clients"),
        "money_raised": _("money raised"),
        "name_year": _("year of the name"),
        "new_ai_chairs": _("new AI chairs"),
        "new_professors": _("new professors"),
        "papers": pgettext("measure", "papers"),
        "papers_iclr": _("papers at ICLR"),
        "papers_icml": _("papers at ICML"),
        "papers_with_industry": _("papers with industry"),
        "parameters": pgettext("measure", "parameters"),
        "participants": pgettext("measure", "participants"),
        "partner_cash": _("cash from the partners"),
        "partner_in_kind": _("services from the partners"),
        "peak_staff": _("largest staff"),
        "pharma_partners": _("partners in pharmaceuticals"),
        "predictions_made": _("predictions made"),
        "price": _("price"),
        "professional_masters_per_year": _("professional master’s students a year"),
        "professors": _("professors"),
        "professors_awarded": _("professors awarded"),
        "programme_length": _("length of the programme"),
        "project_cost": _("cost of the project"),
        "project_researchers": _("researchers in the project"),
        "prototypes": pgettext("measure", "prototypes"),
        "release_date": _("date of the release"),
        "research_projects": _("research projects"),
        "researchers": _("researchers"),
        "researchers_planned": _("researchers planned"),
        "safety_budget": _("money for the safety of AI"),
        "scientific_director_change": _("change of scientific director"),
        "seats": _("seats"),
        "signing_date": _("date of signing"),
        "sme_interventions": _("projects with small firms"),
        "staff": pgettext("measure", "staff"),
        "staff_canada": _("staff in Canada"),
        "startups_supported": _("start-ups supported"),
        "stay": pgettext("measure", "stay"),
        "strategy_budget": _("budget of the strategy"),
        "student_institutions": _("institutions of the students"),
        "student_schools": _("schools of the students"),
        "student_universities": _("universities of the students"),
        "students": _("students"),
        "sum_discussed": _("sum discussed"),
        "talent_budget": _("money for talent"),
        "team_growth_factor": _("growth of the team"),
        "term": pgettext("measure", "term"),
        "term_of_office": _("term of office"),
        "users": pgettext("measure", "users"),
        "wait": pgettext("measure", "wait"),
        "wait_before": _("wait before"),
        "wait_target": pgettext("measure", "target of the wait"),
        "yearly_support": _("support a year"),
    }


@lru_cache(maxsize=2)
def _places(_spoken: str) -> dict[str, str]:
    """Returns the places with a name in each language; the language is the key of the cache."""
    return {
        "Abu Dhabi": _("Abu Dhabi"),
        "Montreal": _("Montreal"),
        "Quebec City": _("Quebec City"),
        "Seoul": _("Seoul"),
    }
