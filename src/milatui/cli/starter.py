"""The files of a new archive: small, valid, and explained where they are edited."""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

README = """\
# An archive for milatui

Everything here is plain text, made to be kept in git and to outlive any program.

| where | what |
|---|---|
| `archive.yaml` | title, home organisation, languages |
| `partners/*.yaml` | organisations; each file holds one record or a list of them |
| `people/` `events/` `figures/` `statements/` | the same for these |
| `documents/*.md` | what was published, or a brief about it; the file's name is the id |

- Look at it: `milatui --archive .`
- Check it (references, dates, quoted words): `milatui check --archive .`
- Add documents: `milatui add --archive . FILE...` shows what would be written; with
  `--accept` it is.

Dates are EDTF, as precise as they are known: `2024-03-08`, `2024-03`, `2024`, `2024-22`
(summer), `2024?` (uncertain), `2024/..` (since). Languages are BCP 47 (`en`, `fr-CA`),
countries ISO 3166 (`CA`).

A *source* is the reference from a record to the words that prove it: the id of a document, and the
`exact` words as they stand in it. `milatui check` looks them up again every time.

Three more kinds of records, to copy into files of their own:

```yaml
# people/jane-doe.yaml
id: jane-doe
name: Jane Doe
roles:
  - title: director
    organisation: Example Works
    partner: example-works
    as_of: 2024-03-08

# figures/researchers.yaml
id: researchers-2024
measure: researchers
value: "40"
unit: people
qualifier: about          # exact, about, nearly, over, at-least, at-most
as_of: 2024-03
source:
  document: example-announcement
  exact: about 40 researchers

# statements/jane-doe.yaml
id: jane-doe-2024
speaker: jane-doe
date: 2024-03-08
text: The director expects first results within a year.
source:
  document: example-announcement
  exact: first results are expected within a year
```

Replace the examples by records of your own when you have looked at them.
"""

_HEAD = """\
# What this archive as a whole is about.
title: My archive
# The partner (by id) whose partnerships are told here.
home: example-institute
languages: [en]
# Who may do what with these texts, and whom to ask.
rights: ""
contact: ""
description: Announcements of the Example Institute and its partners.
"""

_HOME = """\
# The organisation the archive is about; `home` in archive.yaml names its id.
id: example-institute
name: Example Institute
kind: research-institute
relation: the home organisation of this archive
"""

_PARTNER = """\
# One partner. Other kinds: startup, university, public-body, research-institute, funder,
# investor, network.
id: example-works
name: Example Works
kind: company
# What it is to the home organisation, in words.
relation: partner since 2024
# Other names are found by search: alias, former, acronym, official.
names:
  - value: Les Ateliers Exemple
    language: fr
    kind: official
# Where it is written that it is a partner.
sources:
  - document: example-announcement
    exact: The Example Institute and Example Works open a joint laboratory
"""

_EVENT = """\
# Something that happened on a date. A file may hold a list of events.
- id: example-laboratory
  date: 2024-03-08
  title: Joint laboratory of the Example Institute and Example Works
  kind: lab-opening
  partners: [example-works]
  figures:
    - measure: researchers
      value: "40"
      unit: people
      qualifier: about
      source:
        document: example-announcement
        exact: about 40 researchers
  sources:
    - document: example-announcement
      exact: The Example Institute and Example Works open a joint laboratory
"""

_DOCUMENT = """\
---
title: A joint laboratory for examples
date: 2024-03-08
publisher: Example Institute
language: en
type: press-release
subject: [example-works]
---

The Example Institute and Example Works open a joint laboratory on 8 March 2024. It will house
about 40 researchers, and first results are expected within a year.
"""

FILES = {
    "README.md": README,
    "archive.yaml": _HEAD,
    "partners/example-institute.yaml": _HOME,
    "partners/example-works.yaml": _PARTNER,
    "people/.gitkeep": "",
    "events/2024.yaml": _EVENT,
    "figures/.gitkeep": "",
    "statements/.gitkeep": "",
    "documents/example-announcement.md": _DOCUMENT,
}
"""What ``milatui new`` writes: POSIX path within the archive -> text."""
