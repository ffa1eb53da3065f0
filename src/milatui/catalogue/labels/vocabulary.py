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
        "adoption": _("adoption of AI"),
        "ai_new_money": _("new money for AI"),
        "ai_share": _("share for AI"),
        "annual_budget": _("annual budget"),
        "applied_research_collaborations": _("applied research collaborations"),
        "appointments_read": _("appointments analysed"),
        "area": _("area"),
        "articles": _("articles of the book"),
        "axe_ia_companies": _("companies of Axe IA"),
        "basic_research_projects": _("projects of basic research"),
        "bdc_ai_companies": _("AI companies backed by BDC"),
        "bdc_ai_investments": _("investments of BDC in AI"),
        "bengio_transition": _("Bengio’s change of role"),
        "board_members": _("board members"),
        "bonjour_sante_release": _("date of the Bonjour-santé release"),
        "bonjour_sante_users": _("users of Bonjour-santé"),
        "building_area": _("building area"),
        "building_occupants": _("building occupants"),
        "building_projects": _("building projects"),
        "caisi_budget": _("budget of the AI safety institute"),
        "chairs": _("chairs"),
        "charity_raised": _("money raised for charity"),
        "cifar_ai_chairs": _("Canada CIFAR AI chairs"),
        "cifar_funding": _("money from CIFAR"),
        "cifar_share": _("share of CIFAR"),
        "clinics_in_network": _("clinics in the network"),
        "clinics_using_forecasts": _("clinics with forecasts"),
        "commercialisation": _("bringing AI to market"),
        "community_members": _("members of the community"),
        "companies": pgettext("measure", "companies"),
        "companies_target": _("companies planned"),
        "complex_area": _("complex area"),
        "compounds_predicted": _("compounds predicted"),
        "computing": pgettext("measure", "computing"),
        "concrete_savings_high": _("savings on concrete, upper value"),
        "concrete_savings_low": _("savings on concrete, lower value"),
        "conditions": _("conditions recognised"),
        "consortium_partners": _("partners of the consortium"),
        "core_universities": _("universities at the core"),
        "course_hours": _("hours of the course"),
        "deep_learning_researchers_montreal": _("deep-learning researchers in Montreal"),
        "delegation_members": _("members of the delegation"),
        "desjardins_members_and_clients": _("members and clients of Desjardins"),
        "desks": pgettext("measure", "desks"),
        "donation": _("donation"),
        "edi_scholarships": _("EDI scholarships"),
        "element_ai_price": _("price of Element AI"),
        "element_ai_raised": _("money raised by Element AI"),
        "event_participants": _("participants in the event"),
        "experts": pgettext("measure", "experts"),
        "federal": _("federal share"),
        "federal_grant": _("federal grant"),
        "founding_members": _("founding members"),
        "founding_year": _("founding year"),
        "fund": _("size of the fund"),
        "fund_target": _("target of the fund"),
        "funding": pgettext("measure", "funding"),
        "funding_round": _("financing round"),
        "genes_in_data_effort": _("genes in the data"),
        "genetic_variants_predicted": _("genetic variants predicted"),
        "gift_mcgill": _("gift to McGill"),
        "gift_total": _("gifts in all"),
        "gift_udem": _("gift to Université de Montréal"),
        "google_grant": _("Google grant"),
        "government_grants": _("government grants"),
        "grant": pgettext("measure", "grant"),
        "grant_each": _("grant to each project"),
        "guests": _("guests"),
        "hires_planned": _("hires planned"),
        "hitachi_researchers": _("researchers of Hitachi"),
        "ills_professors": _("professors of ILLS"),
        "imagia_staff": _("staff of Imagia"),
        "industrial_collaborators": _("collaborators in industry"),
        "industry_partners": _("industry partners"),
        "industry_sponsorship": _("sponsorship by industry"),
        "institutes_share": _("share of the institutes"),
        "institutions": pgettext("measure", "institutions"),
        "investment": pgettext("measure", "investment"),
        "jobs": pgettext("measure", "jobs"),
        "joint_papers": _("joint papers"),
        "korbit_students": _("students of Korbit"),
        "largest_claim": _("rank claimed by size"),
        "lawzero_staff": _("staff of LawZero"),
        "legal_start_year": _("year of the legal start"),
        "leveraged_total": _("total with what the grant draws in"),
        "life_science_partners": _("partners in life sciences"),
        "loan": _("loan"),
        "member_institutions": _("member institutions"),
        "microsoft_gift": _("Microsoft gift"),
        "name_year": _("year of the name"),
        "new_professors": _("new professors"),
        "papers": pgettext("measure", "papers"),
        "papers_iclr": _("papers at ICLR"),
        "papers_icml": _("papers at ICML"),
        "papers_with_industry": _("papers with industry"),
        "parameters": pgettext("measure", "parameters"),
        "participants": pgettext("measure", "participants"),
        "partner_cash": _("cash from the partners"),
        "partner_in_kind": _("services from the partners"),
        "pathfinders_participants": _("participants in the Indigenous programme"),
        "pathfinders_weeks": _("weeks of the Indigenous programme"),
        "peak_staff": _("largest staff"),
        "pharma_partners": _("partners in pharmaceuticals"),
        "predictions_made": _("predictions made"),
        "price": _("price"),
        "price_cyclica": _("price of Cyclica"),
        "price_valence": _("price of Valence"),
        "professional_masters_per_year": _("professional master’s students a year"),
        "professors": _("professors"),
        "professors_awarded": _("professors awarded"),
        "project_researchers": _("researchers in the project"),
        "projects": pgettext("measure", "projects"),
        "prototypes": pgettext("measure", "prototypes"),
        "quebec": _("share of Quebec"),
        "quebec_funding": _("money from Quebec"),
        "quebec_grant": _("Quebec grant"),
        "quebec_share": _("share of Quebec"),
        "quebec_yearly_support": _("support by Quebec a year"),
        "rank_canada_ai_skills_migration": _("rank of Canada in the migration of AI skills"),
        "rank_gain_canada_ai_skills_migration": _(
            "places gained by Canada in the migration of AI skills"
        ),
        "rank_montreal_ai_north_america": _("rank of Montreal for AI in North America"),
        "research_projects": _("research projects"),
        "researchers": _("researchers"),
        "researchers_planned": _("researchers planned"),
        "safety": _("safety of AI"),
        "samsung_lab_area": _("area of the Samsung laboratory"),
        "samsung_lab_hires": _("researchers planned for the Samsung laboratory"),
        "samsung_lab_start": _("start of the Samsung laboratory"),
        "seats": _("seats"),
        "seoul_agreement": _("agreement with Seoul"),
        "sme_interventions": _("projects with small firms"),
        "staff": pgettext("measure", "staff"),
        "staff_canada": _("staff in Canada"),
        "staff_first_year": _("staff in the first year"),
        "startups_supported": _("start-ups supported"),
        "stay": pgettext("measure", "stay"),
        "strategy_budget": _("budget of the strategy"),
        "strategy_total": _("total of the strategy"),
        "student_institutions": _("institutions of the students"),
        "student_schools": _("schools of the students"),
        "student_universities": _("universities of the students"),
        "students": _("students"),
        "sum_discussed": _("sum discussed"),
        "talent": _("talent"),
        "team_growth_factor": _("growth of the team"),
        "term": pgettext("measure", "term"),
        "total": pgettext("measure", "total"),
        "total_quebec": _("total for Quebec"),
        "venture_fund_companies": _("companies of the venture fund"),
        "wait": pgettext("measure", "wait"),
        "wait_before": _("wait before"),
        "wait_goal": _("wait aimed at"),
        "wait_target": pgettext("measure", "target of the wait"),
        "weeks": pgettext("measure", "weeks"),
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
