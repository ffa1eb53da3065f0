"""A small archive for tests: invented texts about Mila and its partners, English and French."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
title: A sample of announcements
home: mila
languages: [en, fr]
description: Invented texts for tests.
"""

PARTNERS = """\
- {id: mila, name: Mila, kind: research-institute, relation: The institute itself., city: Montreal,
   country: CA, founded: '1993', names: [{value: Institut québécois d'intelligence artificielle,
   language: fr, kind: official},
   {value: Montreal Institute for Learning Algorithms, kind: former}],
   relations: [{to: element-ai, kind: spin-off}, {to: universite-de-montreal, kind: member}]}
- {id: amgen, name: Amgen, kind: company, relation: Partner in health since 2021., country: US,
   names: [{value: Applied Molecular Genetics, kind: former}], website: 'https://www.amgen.com',
   identifiers: {ror: 'https://ror.org/03g03ge92', wikidata: Q470517},
   relations: [{to: mila, kind: hosted-by, start: '2023-01-18',
   source: {document: amgen-lab, exact: a corporate laboratory in the Mila building}}],
   facts: [{text: Makes medicines., source: {document: amgen-lab, exact: biotechnology group}}],
   sources: [{document: amgen-lab, exact: biotechnology group}],
   verified: {name: {basis: page, source: amgen-lab, exact: Amgen},
   country: {basis: general knowledge}}}
- {id: amgen-canada, name: Amgen Canada, kind: company, relation: The Canadian arm.,
   relations: [{to: amgen, kind: parent}]}
- {id: deep-genomics, name: Deep Genomics, kind: company, relation: Partner since 2021.}
- {id: ai-sweden, name: AI Sweden, kind: network, relation: Has an office at Mila., country: SE}
- {id: samsung, name: Samsung, kind: company, relation: Keeps a laboratory nearby.}
- {id: universite-de-montreal, name: Université de Montréal, kind: university, relation: A member.,
   names: [{value: University of Montreal, language: en}, {value: UdeM, kind: acronym}]}
- {id: element-ai, name: Element AI, kind: startup, relation: Came out of Mila.}
- {id: denso, name: Denso, kind: company, relation: Opened a laboratory in 2019.}
- {id: google, name: Google, kind: company, relation: Gave grants.}
- {id: mile-ex, name: Mile-Ex Centre, kind: public-body, relation: The quarter Mila lies in.}
- {id: cifar, name: CIFAR, kind: funder, relation: Pays for chairs.}
"""

PEOPLE = """\
- {id: yoshua-bengio, name: Yoshua Bengio, roles: [{title: Founder, organisation: Mila,
   partner: mila, as_of: '1993'}, {title: Scientific director, organisation: Mila, partner: mila,
   as_of: '2021'}]}
- {id: peter-grandsard, name: Peter Grandsard, roles: [{title: Executive director,
   organisation: Amgen, partner: amgen, as_of: '2023-01-18',
   source: {document: amgen-lab, exact: 'Peter Grandsard, executive director at Amgen'}}]}
- {id: brendan-frey, name: Brendan Frey, roles: [{title: Founder, organisation: Deep Genomics,
   partner: deep-genomics, as_of: '2021-09-20'}]}
- {id: martin-svensson, name: Martin Svensson, roles: [{title: Director, organisation: AI Sweden,
   partner: ai-sweden, as_of: '2022'}]}
- {id: valerie-pisano, name: Valérie Pisano, roles: [{title: President, organisation: Mila,
   partner: mila, as_of: 2018-09}]}
- {id: stephane-letourneau, name: Stéphane Létourneau}
- {id: hugo-larochelle, name: Hugo Larochelle}
- {id: jean-boulet, name: Jean Boulet, note: A doubtful namesake., confidence: low}
"""

EVENTS = """\
- {id: founded, date: '1993', kind: programme, title: The laboratory that becomes Mila is founded,
   partners: [mila, universite-de-montreal], people: [yoshua-bengio]}
- {id: renamed, date: 2014~, kind: programme, title: The laboratory is renamed, partners: [mila]}
- {id: google-grant, date: '2016-11-21', kind: grant, title: Google gives a grant,
   partners: [google, mila], figures: [{measure: grant, value: '4500000', unit: CAD,
   qualifier: about}]}
- {id: samsung-lab, date: 2018-05, kind: lab-opening, title: Samsung opens a laboratory,
   partners: [samsung, mila], sources: [{document: samsung-fr, exact: ouvre un laboratoire}]}
- {id: samsung-move, date: '2018', kind: premises, title: Samsung moves, partners: [samsung]}
- {id: denso-lab, date: '2019-04-09', kind: lab-opening, title: Denso opens a laboratory,
   partners: [denso], confidence: low}
- {id: element-sold, date: '2020-11-30', kind: acquisition, title: Element AI is sold,
   partners: [element-ai]}
- {id: amgen-partner, date: '2021-03-16', kind: partnership, title: Amgen becomes a partner,
   partners: [amgen, amgen-canada, mila]}
- {id: deep-partner, date: '2021-09-20', kind: partnership, title: Deep Genomics becomes a partner,
   partners: [deep-genomics, mila], people: [brendan-frey]}
- {id: sweden-office, date: 2021-23, kind: premises, title: AI Sweden moves into an office,
   partners: [ai-sweden, mila]}
- {id: astra, date: '2021', kind: partnership, title: A partnership of that year, partners: [mila]}
- {id: sweden-partner, date: '2022-02-09', kind: partnership, title: AI Sweden becomes a partner,
   partners: [ai-sweden, mila], people: [martin-svensson]}
- {id: amgen-lab-opens, date: '2023-01-18', kind: lab-opening, places: [Montreal],
   title: Amgen sets up a corporate laboratory, summary: Scientists of both sides meet there.,
   partners: [amgen, mila], people: [peter-grandsard],
   figures: [{measure: researchers, value: '1000', unit: count, qualifier: over}],
   sources: [{document: amgen-lab, exact: a corporate laboratory in the Mila building,
   locator: ¶1}, {document: amgen-lab, exact: 'over 1,000 researchers'}]}
- {id: chairs, date: 202X, kind: appointment, title: Chairs are given, partners: [cifar, mila]}
- {id: century, date: 20XX, kind: programme, title: Nobody knows when, partners: [mila]}
"""

FIGURES = """\
- {id: researchers-2017, measure: researchers, value: '150', unit: count, as_of: '2017'}
- {id: researchers-2021, measure: researchers, value: '700', unit: count, qualifier: over,
   as_of: '2021-09-20', partner: mila, source: {document: deep-genomics-en, exact: over 700}}
- {id: researchers-2022, measure: researchers, value: '900', unit: count, qualifier: nearly,
   as_of: 2022-02, partner: mila, source: {document: sweden-en, exact: nearly 900 researchers}}
- {id: researchers-2023, measure: researchers, value: '1000', unit: count, qualifier: over,
   as_of: '2023-01-18', partner: mila, source: {document: amgen-lab, exact: 'over 1,000'}}
- {id: founded-1993, measure: founding_year, value: '1993', unit: year, partner: mila}
- {id: founded-2009, measure: founding_year, value: '2009', unit: year, partner: mila,
   rank: deprecated, confidence: low}
- {id: area, measure: floor_area, value: '90000', unit: sq ft, as_of: '2019', partner: mila}
- {id: grant-2016, measure: grant, value: '4500000', unit: CAD, partner: google}
- {id: grant-2016-us, measure: grant, value: '3400000', unit: USD, partner: google}
- {id: universities, measure: universities, value: '7', unit: count, partner: mila}
"""

STATEMENTS = """\
- {id: st-1, speaker: peter-grandsard, organisation: amgen, date: '2023-01-18', about: laboratory,
   text: Calls a laboratory inside Mila unlike anything elsewhere., event: amgen-lab-opens,
   source: {document: amgen-lab, exact: unlike anything elsewhere}}
- {id: st-2, speaker: brendan-frey, organisation: deep-genomics, date: '2021-09-20',
   about: recruitment, text: Wants to hire the best., event: deep-partner}
- {id: st-3, speaker: martin-svensson, organisation: ai-sweden, date: '2022-02-09',
   about: cooperation, text: Finds much in common between Sweden and Quebec.}
- {id: st-4, speaker: valerie-pisano, organisation: mila, date: '2022-02-09', about: welcome,
   text: Welcomes the Swedish colleagues.}
- {id: st-5, speaker: yoshua-bengio, organisation: mila, date: '2021-09-20', about: biology,
   text: Expects much from learning machines in biology.}
- {id: st-6, speaker: yoshua-bengio, organisation: mila, date: '2018', about: openness,
   text: Asks for open science.}
- {id: st-7, speaker: stephane-letourneau, organisation: mila, date: '2023-01-18', about: health,
   text: Is delighted.}
- {id: st-8, speaker: hugo-larochelle, organisation: mila, date: '2025', about: growth,
   text: Sees the institute grow.}
"""

LONG = "\n\n".join(
    f"Paragraph {number} is one of many that say little about anything at all, so that the text "
    "is longer than what a card shows whole."
    for number in range(1, 30)
)

DOCUMENTS = {
    "2023/amgen-lab": (
        "title: Amgen establishes a corporate lab at Mila\ndate: '2023-01-18'\nlanguage: en\n"
        "type: press-release\npublisher: Amgen Canada\nsubject: [amgen, mila]\n"
        "source: https://www.amgen.ca/lab",
        "The biotechnology group opens **a corporate laboratory** in the Mila building.\n\n"
        "## Who speaks\n\nPeter Grandsard, executive director at Amgen, calls it unlike\n"
        "anything elsewhere. Mila has over 1,000 researchers.\n\n- first point\n- second point\n\n"
        "See [the release](https://www.amgen.ca/lab).\n",
    ),
    "2021/deep-genomics-en": (
        "title: Mila welcomes Deep Genomics\ndate: '2021-09-20'\nlanguage: en\n"
        "type: press-release\npublisher: Mila\nsubject: [deep-genomics, mila]",
        "Deep Genomics joins an institute of over 700 researchers. RNA biology meets robots.\n",
    ),
    "2022/sweden-en": (
        "title: AI Sweden comes to Montreal\ndate: '2022-02-09'\nlanguage: en\n"
        "type: press-release\npublisher: Mila\nsubject: [ai-sweden, mila]",
        f"{LONG}\n\nThe institute counts nearly 900 researchers.\n\n{LONG}\n",
    ),
    "2022/sweden-fr": (
        "title: AI Sweden arrive à Montréal\ndate: '2022-02-09'\nlanguage: fr\n"
        "type: press-release\npublisher: Mila\nsubject: [ai-sweden, mila]\n"
        "translation_of: sweden-en",
        "L’organisme suédois s’installe chez Mila. Une équipe de chercheuses l’accueille.\n",
    ),
    "2018/samsung-fr": (
        "title: Samsung ouvre un laboratoire\ndate: 2018-05\nlanguage: fr-CA\ntype: news\n"
        "publisher: Le Journal\nsubject: [samsung]",
        "Le groupe ouvre un laboratoire d’intelligence artificielle à Montréal.\n",
    ),
    "2019/denso-fr": (
        "title: Denso à Montréal\ndate: '2019-04-09'\nlanguage: fr\ntype: news\nsubject: [denso]",
        "Denso ouvre un laboratoire de recherche ; le cœur du projet est la robotique.\n",
    ),
    "2019/mile-ex": (
        "title: Life in Mile-Ex\ndate: '2019'\nlanguage: en\ntype: blog\nsubject: [mile-ex]",
        "The quarter has cafés, miles of rails and a centre.\n",
    ),
    "2020/element": (
        "title: Element AI is sold\ndate: '2020-11-30'\nlanguage: en\ntype: news\n"
        "subject: [element-ai]",
        "The company is sold for $230M in the U.S.\n",
    ),
    "about": ("title: About Mila\nlanguage: en\ntype: profile\nsubject: [mila]", "Undated.\n"),
    "odd": (
        "id: 'odd id/with ünsafe&chars#?'\ntitle: A document with an odd id\ndate: 201X\n"
        "language: de\ntype: report",
        "Ein Bericht über Künstliche Intelligenz.\n",
    ),
    "hostile": (
        "title: \"Evil \\e[31mtitle [bold]\\u202e\"\ndate: '2020'\nlanguage: en\ntype: blog",
        "Text with \x1b]52;c;AAAA\x07 control \x9b31m characters and [red]markup[/red].\n",
    ),
    "table": (
        "title: A table\ndate: '2017'\nlanguage: en\ntype: report",
        "| year | people |\n|---|---|\n| 2017 | 150 |\n\n```\ncode *as is*\n```\n\n> quoted\n",
    ),
}


def write_sample(root: Path) -> Path:
    """Write the archive into a folder and return it."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "archive.yaml").write_text(HEAD, "utf-8")
    files = {
        "partners": PARTNERS,
        "people": PEOPLE,
        "events": EVENTS,
        "figures": FIGURES,
        "statements": STATEMENTS,
    }
    for folder, text in files.items():
        (root / folder).mkdir()
        (root / folder / "all.yaml").write_text(text, "utf-8")
    for name, (front, body) in DOCUMENTS.items():
        path = root / "documents" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{front}\n---\n\n{body}", "utf-8")
    return root
