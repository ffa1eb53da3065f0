"""Faults to plant into the small archive, one at a time, and how each must be told."""

from __future__ import annotations

Mutation = tuple[str, str, str, str, str]
"""File, what is replaced in it, by what, and of the one fault: place with message, and path."""

ERRORS: dict[str, Mutation] = {
    "no mapping": (
        *("figures/staff.yaml", "source: {document: brief, exact: about twelve people}"),
        *("source: brief", "5:9: a mapping (key: value) is expected here", "source"),
    ),
    "no list": (
        *("events/2023.yaml", "partners: [amgen, mila]", "partners: amgen"),
        *("5:13: a list is expected here", "partners"),
    ),
    "a mapping for a list": (
        *("events/2023.yaml", "partners: [amgen, mila]", "partners: {a: b}"),
        *("5:13: a list is expected here", "partners"),
    ),
    "a list for a text": (
        *("partners/amgen.yaml", "name: Amgen\n", "name: [Amgen]\n"),
        *("2:7: a single value is expected here", "name"),
    ),
    "a list for a mapping": (
        *("partners/mila.yaml", "relation: Home.\n", "relation: Home.\nidentifiers: [x]\n"),
        *("5:14: a mapping (key: value) is expected here", "identifiers"),
    ),
    "an empty item": (
        *("events/2023.yaml", "people: [ada]", "people: [ada, '']"),
        *("6:17: the value is empty", "people[1]"),
    ),
    "a complex key": (
        *("partners/mila.yaml", "relation: Home.\n", "relation: Home.\n? [a]\n: b\n"),
        *("5:3: a key must be plain text", ""),
    ),
    "a key twice": (
        *("partners/mila.yaml", "name: Mila\n", "name: Mila\nname: Other\n"),
        *("3:1: “name” is given twice", "name"),
    ),
    "a key twice within free keys": (
        *("partners/mila.yaml", "name: Mila\n", "name: Mila\nidentifiers: {a: 1, a: 2}\n"),
        *("3:21: “a” is given twice", "identifiers.a"),
    ),
    "an impossible date": (
        *("events/2023.yaml", "date: 2023-01-18", "date: 2023-02-30"),
        *("2:17: not a date: there is no day 30 in 2023-02", "date"),
    ),
    "an impossible date in quotes": (
        *("partners/amgen.yaml", "start: '2021'", "start: '2021-13'"),
        *("15:16: not a date: there is no month 13", "relations[0].start"),
    ),
    "an id with a line end": (
        *("statements/ada.yaml", "speaker: ada", 'speaker: "a\\nb"'),
        *("2:10: “a b” is not an id: control characters or spaces at an end", "speaker"),
    ),
    "a required key missing": (
        *("people/people.yaml", "  name: Bob\n", ""),
        *("9:3: “name” is missing", ""),
    ),
    "a required key empty": (
        *("people/people.yaml", "name: Bob", "name: ''"),
        *("9:3: “name” is missing", ""),
    ),
    "an expected key missing": (
        *("partners/mila.yaml", "kind: research-institute\n", ""),
        *("1:1: “kind” is missing", ""),
    ),
    "a source without words": (
        *("figures/staff.yaml", ", exact: about twelve people", ""),
        *("5:9: “exact” is missing", "source"),
    ),
    "a document without a title": (
        *("documents/brief.md", "title: Brief\n", ""),
        *("1:1: “title” is missing", ""),
    ),
    "not YAML": (
        *("partners/mila.yaml", "name: Mila", "name: Mila: x"),
        *("2:11: not valid YAML: mapping values are not allowed in this context", ""),
    ),
    "not YAML in front matter": (
        *("documents/2024/after.md", "title: After", "title: [After"),
        *("3:5: not valid YAML: did not find expected ',' or ']'", ""),
    ),
    "text for a record": (
        *("figures/staff.yaml", "id: staff-1\nmeasure: staff\nvalue: '12'\nunit: people\n"),
        *("- staff\n#", "1:3: a mapping (key: value) is expected here", ""),
    ),
    "no front matter": (
        *("documents/2024/after.md", "---\ntitle: After", "title: After"),
        *("1:1: the document does not start with front matter (a line of ---)", ""),
    ),
    "open front matter": (
        *("documents/2024/after.md", "follows: brief\n---\n", "follows: brief\n"),
        *("1:1: the front matter is not closed (a line of --- is missing)", ""),
    ),
    "a dangling reference": (
        *("events/2023.yaml", "partners: [amgen, mila]", "partners: [amgn, mila]"),
        *("5:14: there is no partner “amgn”; did you mean “amgen”?", "partners[0]"),
    ),
    "a dangling reference like nothing": (
        *("statements/ada.yaml", "event: lab", "event: unveiling"),
        *("5:8: there is no event “unveiling”", "event"),
    ),
    "a dangling person": (
        *("events/2023.yaml", "people: [ada]", "people: [adda]"),
        *("6:12: there is no person “adda”; did you mean “ada”?", "people[0]"),
    ),
    "a dangling document": (
        *("figures/staff.yaml", "document: brief", "document: breif"),
        *("5:20: there is no document “breif”; did you mean “brief”?", "source.document"),
    ),
    "a dangling document in front matter": (
        *("documents/2024/after.md", "follows: brief", "follows: brieff"),
        *("4:10: there is no document “brieff”; did you mean “brief”?", "follows"),
    ),
    "a dangling source of a field": (
        *("partners/amgen.yaml", "    source: brief\n", "    source: briefs\n"),
        *("21:13: there is no document “briefs”; did you mean “brief”?", "verified.name.source"),
    ),
    "a dangling source of a name": (
        *("partners/amgen.yaml", "source: general knowledge", "source: briev"),
        *("6:11: there is no document “briev”; did you mean “brief”?", "names[0].source"),
    ),
    "a dangling home": (
        *("archive.yaml", "home: mila", "home: milla"),
        *("2:7: there is no partner “milla”; did you mean “mila”?", "home"),
    ),
    "words that no longer stand": (
        *("figures/staff.yaml", "about twelve people", "about thirteen people"),
        *("5:34: the quoted words are not in “brief”", "source.exact"),
    ),
    "words of a field that no longer stand": (
        *("partners/amgen.yaml", "    exact: Amgen\n", "    exact: AMGEN\n"),
        *("22:12: the quoted words are not in “brief”", "verified.name.exact"),
    ),
    "words that stand twice": (
        *("events/2023.yaml", "    suffix: Amgen\n", ""),
        "17:12: the quoted words are in “brief” more than once; give a prefix or a suffix",
        "sources[1].exact",
    ),
    "words with another prefix": (
        *("events/2023.yaml", "    suffix: Amgen\n", "    suffix: Pfizer\n"),
        "17:12: the quoted words are in “brief”, but not with this prefix and suffix",
        "sources[1].exact",
    ),
    "a figure without source": (
        *("figures/staff.yaml", "source: {document: brief, exact: about twelve people}\n", ""),
        *("1:1: the figure has no source", "source"),
    ),
    "an event's figure without source": (
        *("events/2023.yaml", "    source: {document: brief, exact: about twelve people}\n", ""),
        *("8:5: the figure has no source", "figures[0].source"),
    ),
    "a statement without source": (
        *("statements/ada.yaml", "source: {document: brief, exact: says Ada}\n", ""),
        *("1:1: the statement has no source", "source"),
    ),
    "a role without source": (
        *("people/people.yaml", "    source: {document: brief, exact: says Ada}\n", ""),
        *("4:5: the role has no source", "roles[0].source"),
    ),
    "a relation without source": (
        *("partners/amgen.yaml", "  source: {document: brief, exact: Amgen works with Mila}\n"),
        *("", "13:3: the relation has no source", "relations[0].source"),
    ),
    "a relation that ends before it starts": (
        *("partners/amgen.yaml", "end: '2023'", "end: '2020-12'"),
        *("16:8: the relation ends before it starts", "relations[0].end"),
    ),
    "a document that follows itself": (
        *("documents/2024/after.md", "follows: brief", "follows: after"),
        *("4:10: the document refers to itself", "follows"),
    ),
    "an id given twice": (
        *("people/people.yaml", "id: bob", "id: ada"),
        *("9:7: another person has the id “ada” already (people/people.yaml:1)", "id"),
    ),
}

WARNINGS: dict[str, Mutation] = {
    "an unknown key": (
        *("partners/amgen.yaml", "country: US", "contry: US"),
        *("8:1: unknown key “contry”; did you mean “country”?", "contry"),
    ),
    "an unknown key like none": (
        *("partners/amgen.yaml", "country: US", "x_reviewed: US"),
        *("8:1: unknown key “x_reviewed”", "x_reviewed"),
    ),
    "an unusual kind": (
        *("statements/ada.yaml", "event: lab", "event: lab\nconfidence: maybe"),
        *("6:13: “maybe” is not one of the usual values (low, medium, high)", "confidence"),
    ),
    "a language that is none": (
        *("documents/brief.md", "language: en", "language: English!"),
        *("4:11: “English!” is not a language code (BCP 47, like en or fr-CA)", "language"),
    ),
    "a country that is none": (
        *("partners/amgen.yaml", "country: US", "country: USA"),
        *("8:10: “USA” is not a country code (ISO 3166, like CA)", "country"),
    ),
    "an address that is none": (
        *("partners/amgen.yaml", "website: https://www.amgen.com", "website: javascript:x"),
        *("10:10: “javascript:x” is not a web address (http or https)", "website"),
    ),
    "a document dated before the one it follows": (
        *("documents/2024/after.md", "date: '2024'", "date: '2022'"),
        "4:10: the document is dated before the one it follows (2023-01-18)",
        "follows",
    ),
}
