"""Answers about words: what changed since last time, a sentence to print, whether words are verbatim, their meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import NoSuchRelease
from bot.rendering.copying import forms
from bot.rendering.message import Reply
from bot.rendering.receipts import marked_receipt, receipt
from bot.rendering.speakers import speaker_line, speakers_line
from bot.rendering.views import taken_back, view
from bot.rendering.words import asking
from summaries import lookup
from summaries.changes import changes
from summaries.definitions import explain as explained
from summaries.errors import BadFilter, NothingToExplain, NothingToQuote
from summaries.forces import bodies
from summaries.query import Filter, parse_filter
from summaries.quoting import quotation, quoted_in
from summaries.receipts import Receipt, paragraph_number, paragraphs, parse_receipt
from summaries.usages import usages
from summaries.verbatim import fold
from summaries.verifying import Verdict, is_withdrawn, read_request
from summaries.verifying import verify as verified

if TYPE_CHECKING:
    from bot.answers.ask import Ask
    from bot.intents.wanted import Changed, Explain, Quote, Verify
    from bot.services import Services
    from summaries.ports import StoredRelease
    from summaries.quoting import Quoted
    from summaries.verifying import Passage

_ONE_FORCE = "`changed` takes one force, and perhaps a pillar or a programme: `/hmic changed Hampshire legitimacy`."


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage laid out: its receipt, and who says it; `opens` are the words that show its release. The words that
    matter stand in it `at` another receipt where a page ends in the middle of its sentence."""

    passage: Passage
    receipt: str
    by: str

    @property
    def told(self) -> str:
        return f"{self.by} · {self.receipt}"

    @property
    def at(self) -> str:
        return receipt(self.passage.stored, next(iter(self.passage.marks), self.passage.evidence))

    @property
    def opens(self) -> str:
        return f"R-{self.passage.stored.number}"


def changed(intent: Changed, ask: Ask, services: Services) -> Reply:
    """The newest release of a body against the one before. Raises BadFilter for what is not one body."""
    wanted = parse_filter(intent.words, groups=services.groups) if intent.words.strip() else Filter()
    if len(wanted.bodies) != 1:
        raise BadFilter(_ONE_FORCE)
    body = bodies()[wanted.bodies[0]]
    found = changes(services.store, wanted)
    if found is None:
        held = lookup.releases_of(services.store, body.id, limit=5)
        return Reply("changed_none.j2", {"body": body, "wanted": wanted, "held": [view(one) for one in held]})
    return Reply(
        "changed.j2",
        {
            "body": body,
            "changes": found,
            "newest": view(found.newest).of_body(body.id),
            "before": view(found.before).of_body(body.id) if found.before else None,
            "taken_back": taken_back(one for one in (found.newest, found.before) if one),
            "others": [(view(one), _changed_words(body.official, one)) for one in found.others[:3]],
        },
    )


def quote(intent: Quote, ask: Ask, services: Services) -> Reply:
    """A sentence ready to print: by number, by receipt, or of the newest release that is meant. Raises NothingToQuote,
    NoSuchRelease."""
    stored, newest, paragraph, withdrawn = _to_quote(intent.words, services)
    quoted = quotation(stored, paragraph)
    if quoted is None:
        held = len(paragraphs(stored.release.text))
        raise NothingToQuote(f"R-{stored.number} has {held} paragraphs, and no ¶{paragraph}.")
    return Reply(
        "quote.j2",
        {
            "quoted": quoted,
            "view": view(stored),
            "by": speakers_line(quoted.statements),
            "forms": forms(quoted),
            "is_withdrawn": withdrawn,
            "as_printed": _is_as_printed(quoted),
            "asked_for": str(Receipt(stored.number, stored.revision, paragraph)) if paragraph else "",
            "asked_paragraph": paragraph,
            "stands_in": paragraph_number(stored.release.text, quoted.evidence.start),
            "changed": not fold(newest.release.text).has(fold(quoted.evidence.quote).text),
        },
    )


def _to_quote(words: str, services: Services) -> tuple[StoredRelease, StoredRelease, int | None, bool]:
    """The revision to quote from, the newest one, the paragraph asked for, and whether the release was withdrawn."""
    read = parse_receipt(words)
    asked = read[0] if read else None
    wanted = None if asked or not words.strip() else parse_filter(words, groups=services.groups)
    with services.store.read() as unit:
        if wanted:
            found = unit.search.newest(wanted, limit=1)
            if found:
                return found[0], found[0], None, is_withdrawn(unit, found[0])
        if asked is None:
            raise NothingToQuote
        newest = unit.releases.by_number(asked.number)
        stored = unit.releases.by_number(asked.number, asked.revision or (1 if asked.paragraph else None))
        if newest is None or stored is None:
            raise NoSuchRelease
        return stored, newest, asked.paragraph, is_withdrawn(unit, newest)


def verify(intent: Verify, ask: Ask, services: Services) -> Reply:
    """Whether a receipt still holds, and whether words are verbatim. Raises NothingToVerify, NoSuchReceipt."""
    asked, claim = read_request(intent.words)
    found = verified(services.store, asked, claim)
    return Reply(
        "verify.j2",
        {
            "found": found,
            "verdict": found.verdict,
            "verdicts": Verdict,
            "claim": claim,
            "asked_receipt": str(asked) if asked else "",
            "shown": [_shown(one) for one in found.passages],
            "now": _shown(found.now) if found.now else None,
            "total": lookup.how_many(services.store),
        },
    )


def explain(intent: Explain, ask: Ask, services: Services) -> Reply:
    """What a word means, by framework and time, with sentences that use it. Raises NothingToExplain."""
    if not intent.words.strip():
        raise NothingToExplain
    found = explained(intent.words)
    names = (found.term, *found.names) if found.term else (found.asked,)
    used = next((told for word in names if (told := usages(services.store, word, found.programme))), ())
    shown = [(one, f"R-{one.stored.number}", marked_receipt(one.stored, one.sentence)) for one in used]
    return Reply("explain.j2", {"found": found, "used": shown, "total": lookup.how_many(services.store)})


def _is_as_printed(quoted: Quoted) -> bool:
    """Whether the roles are shown in the very words of the release: a region may be printed otherwise, or apart."""
    held = fold(quoted.stored.release.text)
    shown = [speaker_line(one).removeprefix(one.speaker).removeprefix(", ") for one in quoted.statements]
    return bool(shown) and all(role and held.has(fold(role).text) for role in shown)


def _shown(passage: Passage) -> Shown:
    partly = speakers_line(quoted_in(passage.stored.release, passage.evidence))
    by = speakers_line(passage.statements) or (f"partly {partly}" if partly else "the release’s own words")
    return Shown(passage, receipt(passage.stored, passage.evidence), by)


def _changed_words(name: str, stored: StoredRelease) -> str:
    release = stored.release
    return asking(f"changed {name}", f'programme:"{release.programme}"', release.pillar)
