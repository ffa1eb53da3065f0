"""Facts of the five originals that ship: what to search, what is found, which words prove it.

Each fact is (query, place, words): the record or document that must be among the first three
hits, and words of our brief that must stand lit when it is opened from there.
"""

from __future__ import annotations

Fact = tuple[str, str, str]

AMGEN: tuple[Fact, ...] = (
    ("amgen corporate laboratory", "event/amgen-lab-2023", "corporate laboratory in the head"),
    ("amgen partnership widened 2023", "event/amgen-expansion-2023", "dated 18 January 2023"),
    ("peter grandsard", "person/peter-grandsard", "Peter Grandsard is Executive Director"),
    ("ugur gunaydin", "person/ugur-gunaydin", "Ugur Gunaydin, General Manager of Amgen Canada"),
    ("létourneau amgen delighted", "statement/st-004", "Stéphane Létourneau, Executive Vice-Pres"),
    ("grandsard open-science model", "statement/st-002", "Since the projects follow an open-sc"),
    ("natasha bond corporate affairs", "person/natasha-bond", "Natasha Bond, Head of Corporate"),
    ("marc-antoine guérard", "person/marc-antoine-guerard", "Marc-Antoine Guérard, Communicati"),
    ("amgen canada mississauga burnaby", "event/amgen-canada-presence-1991", "Mississauga"),
    (
        "unites over 1,000 researchers speciality",
        "figure/fg-006",
        "Mila unites over 1,000 researchers",
    ),
    ("montreal known around the globe gunaydin", "statement/st-067", "known around the globe"),
    ("amgen release biologic therapeutics", "document/amgen-2023", "biologic"),
)
DEEP_GENOMICS: tuple[Fact, ...] = (
    ("deep genomics recruitment activities", "event/deep-genomics-partnership-2021", "recruitment"),
    ("deep genomics series c", "event/deep-genomics-series-c-2021", "Series C financing of $180"),
    ("brendan frey", "person/brendan-frey", "Brendan Frey, PhD, FRSC, is founder and CEO"),
    ("deep genomics founded 2015", "event/deep-genomics-founded-2015", "was founded in 2015"),
    ("AI workbench 100 genes", "event/deep-genomics-workbench-2021", "data on a large scale"),
    ("frey recruit rna biology", "statement/st-005", "recruit the best people in RNA biology"),
    ("researchers over 700", "figure/fg-003", "Mila brings over 700 researchers together"),
    ("bengio novel targets genetic diseases", "statement/st-006", "may reveal novel targets"),
    ("next frontier drug development", "statement/st-071", "the next frontier in drug development"),
    ("vector institute co-founded", "person/brendan-frey", "co-founded the Vector Institute"),
    ("deep genomics toronto cambridge", "document/deep-genomics-2021", "Cambridge"),
    ("deep genomics", "partner/deep-genomics", "Deep Genomics"),
)
AI_SWEDEN: tuple[Fact, ...] = (
    ("ai sweden partnership", "event/ai-sweden-partnership-2022", "announces a partnership with"),
    ("ai sweden offices autumn 2021", "event/ai-sweden-move-in-2021", "since autumn 2021"),
    ("martin svensson", "person/martin-svensson", "Martin Svensson, Co-Director at AI Sweden"),
    ("astrazeneca partner 2021", "event/astrazeneca-partnership-2021", "AstraZeneca likewise"),
    (
        "unites nearly 900 researchers special field",
        "figure/fg-004",
        "Mila unites nearly 900 researchers",
    ),
    ("largest academic institute deep learning", "figure/fg-103", "the largest academic institute"),
    ("bengio sweden quebec", "statement/st-007", "finds much in common between Sweden and Quebec"),
    ("svensson exchange of talent", "statement/st-008", "exchange of talent and transfer of know"),
    ("svensson competitiveness welfare", "statement/st-074", "competitiveness and welfare in Swed"),
    ("welcoming the entity ecosystem", "document/ai-sweden-2022", "ecosystem"),
    ("vinnova", "partner/vinnova", "Vinnova"),
    ("global partnership gpai", "partner/gpai", "GPAI"),
)
HOTSPOT: tuple[Fact, ...] = (
    ("turing award 2018", "event/turing-award-2018", "2018 laureate of the A.M. Turing Award"),
    ("here written MILA 1993", "figure/fg-001", "founded Mila (here written MILA) in 1993"),
    ("chester radiology x-rays", "event/chester-2019", "Chester, an AI assistant for radiology"),
    ("axe ia nine companies", "event/axe-ia-nine-companies", "nine companies of various sectors"),
    ("element ai imagia invivo korbit", "event/spin-offs-hotspot", "Element AI, Imagia, InVivo AI"),
    ("seven academic institutions", "event/institutions-hotspot", "seven academic institutions"),
    ("professors 70", "figure/fg-011", "The professors affiliated with Mila number 70"),
    ("600 students", "figure/fg-014", "more than 600 students at Mila are enrolled"),
    ("applications everyday life", "event/applications-hotspot", "used by 2.5 million people"),
    ("concrete savings CO2", "event/applications-hotspot", "savings amount to 1% to 3%"),
    ("hundreds of projects basic research", "figure/fg-016", "hundreds of projects in basic"),
    ("coolest hotspot portrait", "document/hotspot-profile", "portrait"),
    ("largest centre university research", "figure/fg-101", "world's largest centre of univers"),
)
ABOUT: tuple[Fact, ...] = (
    ("77 faculty members", "figure/fg-012", "Mila has 77 faculty members"),
    ("36 canada-cifar chairs", "figure/fg-013", "36 AI Canada-CIFAR Chairs"),
    ("260 scientific articles", "figure/fg-018", "260 scientific articles"),
    ("154 research projects", "figure/fg-019", "154 research projects in all"),
    ("39 start-ups", "figure/fg-021", "Mila gives support to 39 AI start-ups"),
    ("15,000 people events", "figure/fg-017", "More than 15,000 people took part in 2019"),
    ("90 papers collaborators industry", "figure/fg-022", "90 or more papers"),
    ("70 industry partners", "figure/fg-020", "70 or more industry partners"),
    ("targeted interventions SMEs", "figure/fg-024", "12 targeted short-term interventions"),
    ("canada 4th migration ai skills", "figure/fg-027", "ranked 4th worldwide for the migration"),
    ("500 research assistants interns", "figure/fg-015", "more than 500 research assistants"),
    ("impact report 2020-2021", "event/impact-report-2020-2021", "the impact report of Mila for"),
    ("partnership of two universities 2017", "event/mila-two-university-partnership-2017", "two"),
    ("montréal number 1 north america", "figure/fg-026", "ranked number 1 among the cities"),
)
FACTS = {
    "amgen-2023": AMGEN,
    "deep-genomics-2021": DEEP_GENOMICS,
    "ai-sweden-2022": AI_SWEDEN,
    "hotspot-profile": HOTSPOT,
    "about-mila": ABOUT,
}
