"""A small archive for the tests of the interface: four partners, six events, four documents."""

from __future__ import annotations

from pathlib import Path

_FILES = {
    "archive.yaml": """
title: Institute and partners
home: institute
languages: [en, fr]
description: What the institute and its partners have announced.
""",
    "partners/all.yaml": """
- {id: institute, name: Example Institute, kind: research-institute, relation: home}
- {id: robotics, name: Nordic Robotics, kind: company, relation: partner}
- {id: ocean, name: Océan Santé, kind: company, relation: partner}
- id: kaist
  name: 한국 로봇 연구소
  kind: university
  relation: partner
  relations: [{to: institute, kind: partner, start: 2019?}]
""",
    "people/all.yaml": """
- id: jane-doe
  name: Jane Doe
  roles:
  - {title: director, organisation: Example Institute, partner: institute, as_of: '2021',
     source: {document: robot-news, exact: since the beginning}}
""",
    "events/all.yaml": """
- id: robot-lab
  date: '2023-01-18'
  kind: lab-opening
  title: Nordic Robotics opens a laboratory at the institute
  summary: Ten people move in.
  partners: [robotics, institute]
  sources:
  - {document: robot-news, exact: opens a laboratory in the house of the institute}
- {id: ocean-joins, date: '2022-23', kind: partnership, title: Océan Santé devient partenaire,
   partners: [ocean], sources: [{document: ocean-fr, exact: devient partenaire de l’institut}]}
- {id: grant, date: '2022', kind: grant, title: A grant for robots that swim,
   partners: [ocean, robotics], sources: [{document: robot-news, exact: a grant}]}
- {id: korea, date: '2021-05', kind: partnership, title: 한국 로봇 연구소와 협력을 시작하다,
   partners: [kaist], sources: [{document: robot-news, exact: from Korea}]}
- {id: old, date: '2009?', kind: programme, title: The first programme, confidence: low,
   partners: [institute], sources: [{document: robot-news, exact: since the beginning}]}
- {id: hostile, date: '2008', kind: funding, title: "Title with [bold]markup[/] [/nope] \\e]0;x\\a",
   partners: [institute], sources: [{document: robot-news, exact: since the beginning}]}
""",
    "figures/all.yaml": """
- {id: staff, measure: staff, value: '40', unit: people, qualifier: about, as_of: '2023',
   partner: institute, source: {document: robot-news, exact: about 40 people}}
""",
    "documents/2023/robot-news.md": """---
title: Nordic Robotics opens a laboratory
date: '2023-01-18'
publisher: Nordic Robotics
language: en
type: press-release
subject: [robotics, institute]
---
# The laboratory

Nordic Robotics opens a laboratory in the house of the institute. It begins with about 40 people,
a grant, and guests from Korea, who have been friends since the beginning.

## What it will do

- robots that swim in cold water and tell what they have seen under the ice of the northern sea
- robots that walk
""",
    "documents/ocean-fr.md": """---
title: Océan Santé rejoint l’institut
date: '2022-10-03'
language: fr
type: news
subject: [ocean]
---
Océan Santé devient partenaire de l’institut, à l’automne.
""",
    "documents/notes.md": """---
title: Notes without a date
language: en
type: blog
subject: [institute]
---
Nobody wrote down when this was.
""",
    "documents/long.md": "---\ntitle: A long report\ndate: '2020'\nlanguage: en\ntype: report\n"
    "subject: [institute]\n---\n"
    + "\n\n".join(f"Paragraph {n} of the report speaks of walrus number {n}." for n in range(200))
    + "\n",
}


def write_archive(folder: Path) -> Path:
    """Write the archive below ``folder``; its root."""
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"), encoding="utf-8")
    return folder
