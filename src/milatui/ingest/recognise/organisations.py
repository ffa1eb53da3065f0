"""Recognises organisations that no record has, by what stands around their names.

Each mention of a name adds or takes points: a legal form, a ticker symbol, a phrase such as
``partnership with``, a verb such as ``announced``, a title held there.  What reaches the threshold
is an organisation.  The points were set by hand on annotated releases, see
``benchmarks/recognition.py``.
"""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from milatui.archive.written_dates import MONTHS
from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_phrases import UPPER, NamePhrase, is_geographic
from milatui.ingest.recognise.people import is_called_as_person, is_person_name
from milatui.ingest.recognise.vocabulary import (
    EVENT_TAILS,
    FIRST_NAMES,
    FRENCH_HEADS,
    GENERIC_TAILS,
    LEGAL_FORMS,
    LISTING_WORDS,
    NOT_NAMES,
    ORGANISATION_HEADS,
    ORGANISATION_NOUNS,
    ORGANISATION_VERBS,
    PARTNER_PREPOSITIONS,
    PUBLIC_BODIES,
    ROLE_HEADS,
    ROLE_MODIFIERS,
    THING_NOUNS,
    TOPIC_WORDS,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

_TICKER: Final = re.compile(
    r" ?\((?:NASDAQ|Nasdaq|NYSE|OTC\w*|TSX\w*|CSE|AMEX|LSE|ASX|Euronext|ISIN|FRA"
    r"|NEO)\b[^()\n]{0,40}\)"
)
_SYMBOL: Final = re.compile(r": ?([A-Z][A-Z.]{1,5})(?![\w])")
_BEFORE_SYMBOL: Final = re.compile(r"\([A-Z][\w. -]{2,30}: ?$|[A-Z]: ?$")
_ACRONYM: Final = re.compile(
    r",? \((?:the |le |la |l')?[“\"«]? ?([^\W\d_][\w&. -]{0,30}?) ?[”\"»]?(?: or"
    r" [“\"][^()]{0,40})?\)"
)
_PARTNER_PHRASES: Final = frozenset(PARTNER_PREPOSITIONS.split("|"))
_LISTING_PHRASES: Final = frozenset(LISTING_WORDS.split("|"))
_WEAK_PHRASES: Final = word_set("joined joining at by from chez par through via")
_PLACE_PHRASES: Final = word_set("in near across throughout à en visit on")
_HELD_LAST: Final = word_set(
    "affiliate division chain subsidiary member operator provider retailer maker manufacturer"
    " developer insurer lender organization charity foundation association sponsor leaders giants"
    " giant companies firms partners startups filiale détaillant fabricant chaîne partenaires"
    " entreprises of de du company firm startup start-up bank agency institute nonprofit partner"
    " entreprise compagnie société firme organisme banque géant studio fonds montréalaise"
    " québécoise française américaine canadienne ontarienne torontoise parisienne"
) | {"d'"}
_PERSON_FROM: Final = re.compile(rf"[{UPPER}][\w'-]+ [{UPPER}][\w'-]+ (?:from|de chez) $")
_HELD: Final = re.compile(
    r"(?:founder|ceo|president|chairman|director|owners?|customers|subsidiary|division|siège"
    r"|bureaux"
    r"|équipes?|dirigeants|filiale|clients) (?:of|de|d'|du)$"
    r"|(?:company|firm|startup|start-up|bank|agency|institute|nonprofit|partner|entreprise"
    r"|compagnie"
    r"|société|firme|organisme|banque|géant|studio|fonds|affiliate|division|chain|subsidiary|member"
    r"|operator|provider|retailer|maker|manufacturer|developer|insurer|lender|nonprofit"
    r"|organization"
    r"|charity|foundation|association|sponsor|leaders|giants?|companies|firms|partners|startups"
    r"|filiale|détaillant|fabricant|chaîne|partenaires|entreprises)"
    r"(?: [a-zé-]+(?:aise|ienne|oise|aine))?,?$"
)
_AT_PHRASES: Final = frozenset({"at", "chez"})
_GENERIC_SHORT: Final = word_set(
    "company society foundation center centre university bank fund issuer corporation group client"
    " association institute partners parties société entreprise compagnie"
)
"""Short forms that are said of many."""
_NATIONALITIES: Final = word_set(
    "japonaise japonais britannique américaine américain française français allemande allemand"
    " suédoise suédois chinoise chinois coréenne coréen israélienne israélien québécoise"
)
_CLAUSE: Final = 90
_IS_PLACE: Final = re.compile(
    r", (?:(?:A[KLRZ]|BC|C[AOT]|DC|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[BCDEHJLMSVY]"
    r"|O[HKNR]|PA"
    r"|PEI?|QC|RI|S[CDK]|T[NX]|UT|V[AT]|W[AIVY]|AB|MB|YT)\b|(?:Ore|Calif|Fla|Va|Mass|Conn|Ill|Ind"
    r"|Mich|Minn|Colo|Ariz|Tenn|Wash|Wis|Ont|Que|Tex|Pa|Ga|Md|Mo|Ala|Nev)\."
    rf"|(?P<full>[{UPPER}]\w+(?:[ -][{UPPER}]\w+)?))"
)
_LOCATED: Final = re.compile(
    r"(?<!\w)(?:based|headquartered|located|born|raised|offices?|live[sd]?|residents?|siège|basée?"
    r"|située?|installée?|établie?|journey|travel\w*|flights?|city|town|ville|municipalité)"
    r" (?:social )?(?:in|to|of|à|de)$"
)
"""What stands before places and before no organisation."""
_MADE: Final = re.compile(
    r"(?<!\w)(?:release|launch|debut|availability|copies|degree|bachelor's|master's|author|sortie"
    r"|lancement|auteure?|autrice) (?:of|in|de|du)$|(?<!\w)(?:titled|entitled|novel|album|film"
    r"|song|book"
    r"|podcast|intitulée?|ouvrage|roman)$"
)
"""What stands before things that somebody makes."""
_MADE_LAST: Final = word_set(
    "of in de du titled entitled novel album film song book podcast intitulé intitulée ouvrage"
    " roman"
)
_CLASSED: Final = re.compile(
    r"(?:^|[\s(])(?:an?|une?|any|each|every|another)"
    r"(?: (?!(?:with|of|by|from|at|for|in|to|and|between|de|avec|par)\b)[a-z-]+){0,2}$"
)
_OWN: Final = re.compile(r"(?:^|[\s(])(?:its|our|their|his|her|your|ses|son|sa|leurs?|notre|nos)$")
_CLASS_NOUNS: Final = word_set(
    "company organization organisation corporation team group board committee provider center"
    " centre agency firm office department division unit council institution association supplier"
    " entreprise société organisme"
)
_MODIFIED_NOUN: Final = re.compile(
    r" (?!(?:that|which|who|to|and|or|for|of|in|on|with|has|is|was|will|by|at|as|from|since|et"
    r"|de|du"
    r"|qui|pour|en|à|dans|avec|today|currently|dedicated|focused|based|headquartered|specializing"
    r"|offering|providing|serving|founded|led)\b)[a-zà-ÿ]{3,}"
)
_FIRST: Final = 500
_SUBJECT: Final = re.compile(
    r"(?: \([^()\n]{2,40}\))*(?:, (?:an?|the|one of|une?|le|la|chef) | (?:is|are|has|have|today"
    r"|will|proudly"
    r"|announce[sd]?|est|a|annonce|joined|named|welcomes?|celebrates?|expands?|continues?) )"
)
_OWNED: Final = re.compile(
    r"(?:^|\s)(?:its|our|their|his|her|the|a|an|this|new|ses|son|sa|notre)(?: [a-z-]+){0,2} $",
    re.IGNORECASE,
)
_WORD_AFTER: Final = re.compile(
    r"(?:,? (?:today|also|has|have|will|recently|proudly|officially|jointly|successfully|proud to"
    r"|is|are"
    r"|a|ont|vient d'|aujourd'hui|hier))* ([\w'-]+)"
)
_DESCRIBED: Final = re.compile(
    r"(?:[,.]?[”\"»])?(?: \([^()\n]{0,40}\))?(?:,[”\"»]?| [-–]| is| est| was|, qui est) (?:now "
    r"|proud to be )?(?:a|an|the|one of|its|our|un|une|la|le|sa|l'une?|chef)\b"
    r"([^.;:\n]{0,90})"
)
_POSSESSIVE: Final = re.compile(r"'s? (?:(?:\w+-?)+ )?(\w+)")
_COORDINATION: Final = re.compile(
    r"(?: ?\([^()\n]{1,40}\))?(?:,| and| et| &|, and|, et| ou| or)"
    r"(?: the| la| le| l'| les| de| d')? ?"
)
_OTHERS: Final = re.compile(r",? (?:et d'autres|and other|et autres) [\w-]+(?: [\w-]+)?")
_LIST_GAP: Final = 50
_LIST_LEAD: Final = 90
_LISTED_THINGS: Final = re.compile(
    r"(?<!\w)(?:cities|cit(?:y|ies)|countries|places|areas|towns|neighbou?rhoods|communities"
    r"|regions"
    r"|states|provinces|attractions|counties|languages|magazines|villes|régions|pays|langues|coins?"
    r"|cryptocurrenc(?:y|ies)|tokens|extensions|products|drugs|injectables|peptides|models|features"
    r"|lineup|actors|actresses|stars|celebrities|artists|comedians|legends|authors|athletes"
    r"|singers|musicians|speakers|guests|books|titles|films|movies|shows|songs|games|derivatives"
    r"|standards|symptoms|conditions|diseases|topics|skills|courses|areas|categories"
    r"|ingredients|vitamins|materials|metals|minerals|events|holidays|properties|trails|parks"
    r"|artistes"
    r"|acteurs|produits|vedettes|lieux|quartiers|sujets|thèmes)\b",
    re.IGNORECASE,
)
"""What lists of other things are introduced with."""
_LISTED_NOUNS: Final = re.compile(
    r"(?<!\w)(?:companies|firms|organi[sz]ations|partners|universities|institutions|startups"
    r"|start-ups"
    r"|brands|clients|customers|investors|sponsors|publications|outlets|publishers|schools|colleges"
    r"|hospitals|banks|agencies|retailers|manufacturers|exchanges|backers|giants|enterprises"
    r"|members"
    r"|associations|employers|foundations|nonprofits|charities|insurers|carriers|teams|suppliers"
    r"|operators|providers|vendors|tenants|networks|participants|players|entreprises|géants"
    r"|partenaires"
    r"|sociétés|universités|organismes|banques|investisseurs|médias|écoles|clients|marques)\b",
    re.IGNORECASE,
)
"""What lists of organisations are introduced with."""
_APPOSITIONS: Final = frozenset({", the ", ", l'", ", la ", ", le "})
_SIGNS: Final = re.compile(r"[^\w&.-]+")
THRESHOLD: Final = 3
SURE: Final = 6
_OWN_NOUNS: Final = word_set(
    "ceo president founder team headquarters board customers employees clients community"
    " mission partnership board's commitment shareholders network office offices offerings"
    " staff portfolio management investors website members researchers expertise"
    " operations"
)
_SOCIAL_MEDIA: Final = word_set(
    "twitter facebook instagram linkedin youtube tiktok telegram discord x medium whatsapp"
)
_UNITS: Final = word_set("team department division unit committee board lab group office")
_UNIT_WORDS: Final = word_set(
    "supervisory management creative clinical reform steering audit editorial review nominating"
    " compensation governance independent monitoring core dream leadership operating organizing"
    " scientific advisory executive advisory sales support customer service conseil"
)
"""Words that go with parts of any organisation."""
_PLAIN_HEADS: Final = word_set(
    "community media systems solutions software analytics consulting services resources sciences"
    " technologies technology energy industries communications health security games gaming"
    " partners networks platforms insurance healthcare entertainment robotics logistics capital"
    " credit library mission studio team press labs superior task"
)
"""Heads of names that are fields of work too."""
_PRAISE: Final = word_set("top best most leading fastest largest greatest finest premier #1")
_SYSTEMS: Final = frozenset({"health", "healthcare", "hospital", "school", "university", "college"})
_NO_SINGLE_NAMES: Final = ORGANISATION_HEADS | _GENERIC_SHORT | EVENT_TAILS | THING_NOUNS
_SELECTING: Final = word_set("featured presenting participating member client other new our")
_PLACE_TAILS: Final = word_set(
    "valley coast beach bay island islands river lake hills heights falls springs peninsula"
    " mountains canyon ridge desert harbor harbour"
)
"""Last words of the names of places."""
_HEADS_ALONE: Final = ORGANISATION_HEADS | _GENERIC_SHORT | {"county", "city", "state"}
_CONTEXT: Final = 40
"""Characters before a name that are looked at."""
_MAX_WORDS: Final = 12
"""Maximum number of words of a name; more are a heading."""
_MAX_LENGTH: Final = 110
"""Maximum length of a name."""
_DIRECTIONS: Final = word_set("north south east west northern southern eastern western central")
_ENDS: Final = ORGANISATION_HEADS | LEGAL_FORMS
_TAILS: Final = GENERIC_TAILS | ORGANISATION_HEADS | {"–", "-", "&", "and"}
"""Words that short forms of names leave out."""
_FRENCH_NAME: Final = re.compile(rf"(?:La|Le|Les) [{UPPER}]")
"""An article with a capital letter belongs to a name: ``La Presse``."""
_INITIAL: Final = re.compile(
    rf"^[{UPPER}][\w'-]+ (?:[{UPPER}]\. ?)+[{UPPER}][\w'-]+(?: Jr\.?| Sr\.?)?$"
)
_LINKS: Final = frozenset({"de", "du", "des", "of"})
_JOINTS: Final = frozenset({"and", "&", "of", "for", "et", "de", "the"})
"""Parts of organisations, if they are somebody's: ``Mila's Applied ML Research Team``."""
_NO_ORGANISATIONS: Final = ("The Company", " Men", " Women", "The Board")
_CAPITALS: Final = re.compile(rf"^\w|[{UPPER}]")
_STATE_CODE: Final = re.compile(r"[A-Z]{2}")
_PLURAL_ACRONYM: Final = re.compile(r"[A-Z]{2,5}s")
_INNER_CAPITALS: Final = re.compile(rf"[a-z\d][{UPPER}]|\.(?:ai|io|com|org|net|tech)$")


_GENERAL_WORDS: Final = TOPIC_WORDS | ROLE_MODIFIERS | _JOINTS
_BODY_WORDS: Final = _GENERAL_WORDS | _UNITS | _UNIT_WORDS | ROLE_HEADS | {"capital"}


@dataclass(slots=True)
class OrganisationRecord:
    """An organisation under construction; spans are of the plain text.

    Attributes:
        name: The fullest form of the name, without a description behind a dash.
        score: Points for being an organisation.
        mentions: Where it is named.
        short_names: Other forms of the name in the text.
    """

    name: str
    score: int = 0
    mentions: list[tuple[int, int]] = field(default_factory=list)
    short_names: list[str] = field(default_factory=list)
    is_place: bool = False
    is_class: bool = False

    @property
    def confidence(self) -> Confidence:
        """How sure it is that this is an organisation."""
        if self.score >= SURE:
            return Confidence.CERTAIN
        return Confidence.LIKELY if self.score > THRESHOLD else Confidence.UNSURE


class OrganisationFinder:
    """Scores the name phrases of a text that are neither people nor known partners."""

    def __init__(
        self, text: str, phrases: Sequence[NamePhrase], title: str, lower: Container[str]
    ) -> None:
        self._text = text
        self._title = f" {_SIGNS.sub(' ', title)} "
        self._phrases = phrases
        self._records: dict[str, OrganisationRecord] = {}
        self._bonus: dict[int, int] = {}
        self._aliases: dict[str, str] = {}
        self._of_people: set[str] = set()
        self._with_article: set[str] = set()
        self._lower = lower

    def add_evidence(self, start: int, points: int) -> None:
        """Adds points to the name that begins at ``start``."""
        self._bonus[start] = max(self._bonus.get(start, 0), points)

    def find(
        self, taken: Iterable[tuple[int, int]], people: Iterable[str]
    ) -> list[OrganisationRecord]:
        """Returns the organisations, in the order of the text.

        Args:
            taken: Spans of known partners and of people, in any order.
            people: Names of people, which no organisation has.
        """
        occupied = sorted(taken)
        names = {name for each in people for name in (each, each.split()[-1])}
        called = [phrase.tokens for phrase in self._phrases if is_called_as_person(phrase)]
        self._of_people = {word for words in called for word in (words[0], words[-1])}
        free = [
            phrase
            for phrase in self._phrases
            if phrase.name not in names
            and not _overlaps(occupied, phrase)
            and (not phrase.headline or phrase.start in self._bonus)
        ]
        for phrase in free:
            if not _is_excluded(phrase):
                self._score(phrase)
        abbreviated = set(self._aliases.values())
        for record in self._records.values():
            if record.name in abbreviated | self._with_article or record.score >= SURE:
                continue
            if self._is_ordinary(record.name):
                record.score -= THRESHOLD
        self._score_lists(free)
        self._merge(free)
        found = [
            record
            for record in self._records.values()
            if record.score >= THRESHOLD
            and record.mentions
            and not record.is_place
            and not record.is_class
        ]
        return sorted(found, key=lambda record: min(record.mentions))

    def _score(self, phrase: NamePhrase) -> None:
        name = _plain(phrase.name)
        if not name:
            return
        record = self._records.get(name)
        if record is None:
            form = _by_form(name)
            if _FRENCH_NAME.match(phrase.name) and not phrase.initial:
                form = max(form, 0)
                self._with_article.add(name)
            record = self._records[name] = OrganisationRecord(name, form)
            if name in self._of_people:
                record.score -= THRESHOLD
            if f" {name} " in self._title:
                record.score += 1
        colon = self._text[max(0, phrase.start - 2) : phrase.start].rstrip().endswith(":")
        if colon and _BEFORE_SYMBOL.search(
            self._text, max(0, phrase.start - _CONTEXT), phrase.start
        ):
            return
        record.mentions.append((phrase.start, phrase.end))
        record.score += self._by_context(phrase) + self._bonus.get(phrase.start, 0)
        record.is_place = record.is_place or self._is_located(phrase)

    def _is_located(self, phrase: NamePhrase) -> bool:
        """Returns whether a name is a place by what stands around: ``based in Folsom, Ohio``."""
        place = _IS_PLACE.match(self._text, phrase.end)
        if place is None:
            before = _without_article(self._text[max(0, phrase.start - _CONTEXT) : phrase.start])
            return _LOCATED.search(before) is not None and _by_form(_plain(phrase.name)) < 2
        if place["full"] and not is_geographic(place["full"]):
            return False
        owned = self._text.startswith("'", place.end())
        return _by_form(_plain(phrase.name)) < 2 and not owned

    def _is_ordinary(self, name: str) -> bool:
        """Returns whether the text has all words of a name in lower case too."""
        words = [word.strip(".,").lower() for word in name.split()]
        return all(word in self._lower or word in _GENERAL_WORDS for word in words)

    def _is_class(self, phrase: NamePhrase, before: str) -> bool:
        """Returns whether words name a kind of organisation: ``a Certified Organization``."""
        last = phrase.name.rsplit(" ", 1)[-1].lower().rstrip(".")
        if last not in _CLASS_NOUNS and last not in _UNITS:
            return False
        head = before.lower().rstrip()
        if _OWN.search(head):
            return last in _UNITS
        if _CLASSED.search(head) is None or last not in _CLASS_NOUNS:
            return False
        return _MODIFIED_NOUN.match(self._text, phrase.end) is None

    def _by_context(self, phrase: NamePhrase) -> int:
        text = self._text
        before = text[max(0, phrase.start - _CONTEXT) : phrase.start]
        score = 0
        end = phrase.end
        if ticker := _TICKER.match(text, end):
            score += 4
            end = ticker.end()
            for symbol in _SYMBOL.findall(ticker[0]):
                self._aliases.setdefault(symbol, _plain(phrase.name))
        acronym = _ACRONYM.match(text, end)
        generic = acronym is not None and acronym[1].strip().lower() in _GENERIC_SHORT
        if acronym and not ticker and not generic and self._is_short_form(phrase.name, acronym[1]):
            self._aliases[acronym[1].strip()] = _plain(phrase.name)
            score += 2 if _by_form(_plain(phrase.name)) >= 2 else 0
            end = acronym.end()
        words = _words_before(before)
        if self._is_class(phrase, before):
            self._records[_plain(phrase.name)].is_class = True
            return -2 * THRESHOLD
        if words & _MADE_LAST and _MADE.search(_without_article(before)):
            score -= THRESHOLD
        if words & _AT_PHRASES and _has_role(text, phrase.start):
            return 3
        if words & _PARTNER_PHRASES or _is_held(before, words):
            by_person = before.endswith(" by ") and is_person_name(phrase)
            score += THRESHOLD if by_person else THRESHOLD + 1
        elif words & _WEAK_PHRASES:
            score += 1
        elif words & _PLACE_PHRASES:
            score -= 1
        word = _WORD_AFTER.match(text, end)
        if word and word[1].lower() in ORGANISATION_VERBS:
            score += 2
        if (
            word
            and word[0].startswith(" ")
            and word[1].lower() in THING_NOUNS
            and word[0].count(" ") == 1
        ):
            score -= 2 if _OWNED.search(before) else 1
        described = _DESCRIBED.match(text, end)
        if described:
            nouns = [each.lower() for each in re.findall(r"[\w-]+", described[1])]
            if any(noun in ORGANISATION_NOUNS for noun in nouns[:9]):
                score += 3
            elif any(noun in THING_NOUNS or noun in ROLE_HEADS for noun in nouns[:6]):
                score -= 2
        if before.endswith(("'s ", "' ")) and phrase.tokens[-1].lower() in _UNITS:
            score -= 4
        owns = _POSSESSIVE.match(text, end)
        if owns:
            score += 2 if owns[1].lower() in _OWN_NOUNS or owns[1].lower() in FIRST_NAMES else 1
        if self._leads(phrase, end):
            score += 2
        if phrase.initial and " " not in phrase.name and score <= 1:
            return 0
        return score

    def _leads(self, phrase: NamePhrase, end: int) -> bool:
        """Returns whether a name is the subject of the first sentence, behind a dateline."""
        head = self._text[max(0, phrase.start - 4) : phrase.start].rstrip(" (")
        if head.endswith("/") and self._text.startswith(" /", end):
            return True
        begins = phrase.start < _FIRST and (not head or head.endswith(("--", "–", "-", "\n", "/")))
        return begins and _SUBJECT.match(self._text, end) is not None

    @staticmethod
    def _is_short_form(name: str, short: str) -> bool:
        """Returns whether words in brackets are an acronym or a beginning of a name."""
        short = short.strip()
        letters = [
            char.lower() for word in re.findall(r"\w+", name) for char in _CAPITALS.findall(word)
        ]
        if short.lower() in name.lower() or (" " not in short and _by_form(name) >= SURE - 2):
            return True
        wanted = [char.lower() for char in short if char.isalpha()]
        at = 0
        for letter in letters:
            if at < len(wanted) and letter == wanted[at]:
                at += 1
        return len(wanted) >= 2 and at * 10 >= len(wanted) * 6

    def _score_lists(self, free: Sequence[NamePhrase]) -> None:
        """Gives names in one list the points of the best of them: ``Google, IBM and Microsoft``."""
        run: list[NamePhrase] = []
        for phrase in [*free, None]:
            if run and phrase is not None:
                if self._text[phrase.start - 1] == "(" and phrase.name in self._aliases:
                    continue
                between = self._text[run[-1].end : phrase.start]
                if len(between) <= _LIST_GAP and _COORDINATION.fullmatch(between):
                    run.append(phrase)
                    continue
            if len(run) > 1:
                self._score_run(run)
            run = [phrase] if phrase is not None else []

    def _score_run(self, run: list[NamePhrase]) -> None:
        before = self._text[max(0, run[0].start - _CONTEXT) : run[0].start]
        others = _OTHERS.match(self._text, run[-1].end)
        apposed = self._text[run[0].end : run[1].start].strip() in {",", ", the"}
        if len(run) == 2 and apposed and others is None:
            return
        records = [self._records.get(_plain(phrase.name)) for phrase in run]
        known = [record for record in records if record is not None]
        if not known:
            return
        best = max(record.score for record in known)
        strong = sum(record.score >= THRESHOLD for record in known)
        listed = bool(_words_before(before) & _LISTING_PHRASES)
        lead = re.split(r"[.!?\n]", self._text[max(0, run[0].start - _LIST_LEAD) : run[0].start])[
            -1
        ]
        things = _LISTED_THINGS.search(lead) is not None
        named = _LISTED_NOUNS.search(lead) is not None and not things
        named = named or (others is not None and _LISTED_NOUNS.search(others[0]) is not None)
        after = self._text[run[-1].end : run[-1].end + 14].strip().split(" ")[0].strip(".,;)")
        if after in {"sectors", "industries", "markets", "countries", "languages", "protocols"}:
            for record in known:
                record.score -= 4
            return
        if sum(_is_called_as_person(phrase.name) for phrase in run) * 3 > len(run):
            for record in known:
                record.score -= THRESHOLD
            return
        places = sum(is_geographic(phrase.name) for phrase in run)
        places += sum(record.is_place for record in known)
        if places * 3 >= len(run) or (listed and things):
            for record in known:
                if record.score < SURE and _by_form(record.name) <= 1:
                    record.score = min(record.score, THRESHOLD - 1)
            return
        if best >= THRESHOLD and strong * 5 >= len(known):
            governed = bool(_words_before(before) & _PARTNER_PHRASES) and not things
            usual = named or governed or strong * 2 >= len(known)
            for record in known:
                if record.score > -THRESHOLD:
                    record.score = max(record.score, THRESHOLD + (len(run) > 2 and usual))
        elif listed and len(known) * 2 > len(run) and (named or len(run) >= 3):
            for record in known:
                record.score = max(record.score + named, THRESHOLD + named)

    def _merge(self, free: Sequence[NamePhrase]) -> None:
        """Joins the forms of one name: with and without legal form, its acronym, a description."""
        for short, full in self._aliases.items():
            if short != full and (record := self._records.get(full)):
                self._join(record, short)
        for name in sorted(self._records, key=lambda each: -len(each)):
            record = self._records.get(name)
            words = name.split() if record else []
            for count in range(1, len(words)):
                rest = [word.lower().strip(".,") for word in words[count:]]
                head = " ".join(words[:count]).rstrip(",")
                of_country = rest[0] in {"of", "du", "de"}
                if of_country and count == 1:
                    continue
                joined = record and head in self._records and not record.is_class
                if record and joined and _is_tail(rest):
                    self._join(record, head)
        for described, name in self._descriptions(free):
            if described in self._records and (record := self._records.get(name)):
                self._join(record, described)
        by_letters: dict[str, str] = {}
        for name in sorted(self._records, key=str.isupper):
            kept = by_letters.setdefault(name.lower().rstrip("."), name)
            if kept != name:
                self._join(self._records[kept], name)

    def _descriptions(self, free: Sequence[NamePhrase]) -> Iterator[tuple[str, str]]:
        """Yields names with a description, and the names: ``Mila - Quebec AI Institute``, ``Mila``.

        A description may also stand beside the name: ``Mila, the Quebec AI Institute,``.
        """
        for name in list(self._records):
            parts = re.split(r" [–|-] ", name, maxsplit=1)
            if len(parts) > 1 and parts[0] in self._records:
                yield name, parts[0]
            elif len(parts) > 1:
                self._records[name].short_names.extend(parts)
        for first, second in pairwise(free):
            between = self._text[first.end : second.start]
            if between == " (" and self._text[second.end : second.end + 1] == ")":
                names = _plain(first.name), _plain(second.name)
                if _are_translations(*names):
                    yield names[1], names[0]
            if between in _APPOSITIONS and self._text[second.end : second.end + 1] == ",":
                name = _plain(second.name)
                if " " not in first.name and name.count(" ") > 1 and _by_form(name) >= SURE - 2:
                    yield name, _plain(first.name)

    def _join(self, record: OrganisationRecord, short: str) -> None:
        other = self._records.pop(short, None)
        if short not in record.short_names:
            record.short_names.append(short)
        if other is not None and other is not record:
            record.score += max(0, other.score)
            record.mentions.extend(other.mentions)
            record.short_names.extend(
                name for name in other.short_names if name not in record.short_names
            )
            record.mentions.sort()


def _has_role(text: str, start: int) -> bool:
    """Returns whether the clause before a name holds a title: ``Vice President ... at Citrix``."""
    clause = re.split(r"[.;:!?\n]", text[max(0, start - _CLAUSE) : start].lower())[-1]
    return any(word in ROLE_HEADS for word in clause.replace(",", " ").split())


def _are_translations(first: str, second: str) -> bool:
    """Returns whether one name has an English head and the other one a French head."""
    french = [name.lower().split()[0] in FRENCH_HEADS and " " in name for name in (first, second)]
    headed = [ORGANISATION_HEADS & set(name.lower().split()) for name in (first, second)]
    return french[0] != french[1] and all(headed[at] or french[at] for at in (0, 1))


def _is_called_as_person(name: str) -> bool:
    """Returns whether a name begins as that of a person: ``Fran Drescher``."""
    words = name.lower().split()
    if words[-1].strip(".") in _ENDS or not 2 <= len(words) <= 4:
        return False
    return words[0] in FIRST_NAMES or _INITIAL.match(name) is not None


def _is_held(before: str, said: set[str]) -> bool:
    """Returns whether the words before a name are said of organisations only: ``founder of``."""
    if said & _NATIONALITIES or (
        before.endswith(("from ", "chez ")) and _PERSON_FROM.search(before)
    ):
        return True
    return (
        bool({word.rstrip(",") for word in said} & _HELD_LAST)
        and _HELD.search(_without_article(before)) is not None
    )


def _is_tail(words: Sequence[str]) -> bool:
    """Returns whether a short form of a name leaves these words out."""
    if words[-1] in LEGAL_FORMS:
        return not any(map(is_geographic, words))
    if words[0] in {"of", "du", "de"} and is_geographic(" ".join(words[1:])):
        return True
    return all(word in _TAILS for word in words)


def _without_article(before: str) -> str:
    """Returns the words before a name in lower case, without the article right before it."""
    lowered = before.lower().rstrip(' “"«')
    for article in (" the", " la", " le", " les", " l'"):
        if lowered.endswith(article):
            return lowered[: -len(article)].rstrip(' “"«')
    return lowered


def _words_before(before: str) -> set[str]:
    """Returns the last one to four words before a name, as the phrases that they form."""
    words = _without_article(before).replace("(", " ").replace(" l'", " ").split()[-4:]
    return {" ".join(words[at:]) for at in range(len(words))}


def _plain(name: str) -> str:
    """Returns a name without article and signs at its ends."""
    name = re.sub(r"^(?:(?:The|the|La|Le|Les) |L')", "", name) if not name.isupper() else name
    return name.strip(" ,&/–-")


@lru_cache(maxsize=4_096)
def _by_form(name: str) -> int:
    """Returns the points of a name by itself: legal form, head, spelling."""
    words = name.lower().replace(",", "").split()
    last, first = words[-1].replace(".", ""), words[0]
    if last in LEGAL_FORMS and len(words) > 1:
        return 6
    if is_geographic(name):
        return -8
    if name.isupper() and name.lower() in PUBLIC_BODIES:
        return THRESHOLD + 1
    if name.lower() in _SOCIAL_MEDIA:
        return -3
    if all(word in _GENERAL_WORDS or word in _PLAIN_HEADS for word in words):
        return -2 * THRESHOLD if len(words) < 3 else -THRESHOLD
    if all(word in _HEADS_ALONE for word in words) or _is_part_of_locality(words):
        return -2 * THRESHOLD
    if words[0] in _PRAISE or _INITIAL.match(name):
        return -2 * THRESHOLD
    score = 0
    if last == "news" or (last == "system" and words[-2:-1] and words[-2] in _SYSTEMS):
        score += 2
    elif last in EVENT_TAILS and first not in FRENCH_HEADS and not {"of", "for"} & set(words):
        score -= 6
    elif last in _PLACE_TAILS and len(words) < 4:
        score -= 4
    elif last in _PLAIN_HEADS and len(words) > 1 and first not in FRENCH_HEADS:
        score += 2
    elif (
        (last in ORGANISATION_HEADS and len(words) > 1)
        or (first in FRENCH_HEADS and len(words) > 1 and (first != "port" or words[1] in _LINKS))
        or (any(word in ORGANISATION_HEADS for word in words) and {"of", "for", "on"} & set(words))
    ):
        score += 4
    elif any(word in ORGANISATION_HEADS for word in words[1:]):
        score += 2
    if _INNER_CAPITALS.search(name):
        score += 2
    elif " " not in name and name.isupper() and 2 < len(name) <= 6:
        score += 1
    if len(words) > 1 and len(name) > 8 and name.isupper():
        score -= THRESHOLD
    if first in FIRST_NAMES and len(words) == 1:
        score -= 3
    if first in FIRST_NAMES and 2 <= len(words) <= 3 and last not in ORGANISATION_HEADS:
        score -= 3
    if any(
        word in {"act", "award", "awards", "prize", "conference", "agreement"} for word in words
    ):
        score -= 4
    return score


def _is_part_of_locality(words: Sequence[str]) -> bool:
    """Returns whether words are a direction and a place: ``North Austin``."""
    return words[0] in _DIRECTIONS and is_geographic(" ".join(words[1:]))


def _is_excluded(phrase: NamePhrase) -> bool:
    name = phrase.name
    words = [word.lower().rstrip(".,") for word in phrase.tokens]
    if len(name) < 2 or is_geographic(name) or len(words) > _MAX_WORDS or len(name) > _MAX_LENGTH:
        return True
    if words[0] in MONTHS and len(words) <= 2:
        return True
    if len(words) == 1 and words[0] in _NO_SINGLE_NAMES:
        return True
    if words[0] in _PRAISE:
        return True
    if words[0] in _SELECTING and words[-1] in _CLASS_NOUNS:
        return True
    if words[0] == "the" and len(words) == 2 and words[1] in _GENERIC_SHORT:
        return True
    if all(word in NOT_NAMES or word in ROLE_HEADS for word in words):
        return True
    if phrase.initial and words[0] in FRENCH_HEADS and name[1:].islower():
        return True
    if len(words) == 2 and words[1] in LEGAL_FORMS and words[0] in ORGANISATION_HEADS:
        return True
    if name.endswith(_NO_ORGANISATIONS) or _is_unit(words):
        return True
    if _STATE_CODE.fullmatch(name) and phrase.initial is False:
        return True
    if _PLURAL_ACRONYM.fullmatch(name):
        return True
    return any(char.isdigit() for char in words[0]) and len(words) == 1 and words[0][0].isdigit()


def _is_unit(words: list[str]) -> bool:
    """Returns whether words name a part of any organisation: ``Board of Directors``."""
    if words[-1] not in _UNITS | {"directors", "markets", "services"}:
        return False
    if "of" in words and words[-1] in {"markets", "services"}:
        return False
    return all(word in _BODY_WORDS for word in words)


def _overlaps(occupied: Sequence[tuple[int, int]], phrase: NamePhrase) -> bool:
    at = bisect_left(occupied, (phrase.start + 1, 0)) - 1
    for start, end in occupied[max(0, at) : at + 3]:
        if start < phrase.end and phrase.start < end:
            return True
    return False
