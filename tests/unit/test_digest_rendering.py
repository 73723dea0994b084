"""Digests as they are posted: every layout and detail, publication days, corrections, withdrawals, notices.

After a deliberate change run `PYTHONPATH=tests python tests/unit/test_digest_rendering.py` from the root and review the
texts of `tests/golden/digests`.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cards import NOON, RENDER_DIGEST, SUBSCRIPTION, WINDOW, case, store
from corpus import held_releases
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.rendering.mrkdwn import unescape
from bot.rendering.validator import problems
from summaries.delivery import (
    Attestation,
    CatchUp,
    DigestContent,
    DigestItem,
    Notice,
    NoticeKind,
    Outage,
    Reading,
    Role,
    Shape,
    WindowKind,
)
from summaries.errors import QuoteNotInText
from summaries.parsing import parse
from summaries.query import read_filter
from summaries.types import Evidence, RawRelease

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summaries.delivery import RenderedPart, Subscription, Window
    from summaries.ports import StoredRelease

GOLDEN = Path(__file__).parents[1] / "golden" / "digests"
DAY = (
    "01-peel-2016-legitimacy-cheshire",
    "01-peel-2016-legitimacy-merseyside",
    "01-peel-2016-legitimacy-north-wales",
    "06-national-legitimacy-2016",
)
MIXED = (*DAY[:2], "05-peel-2021-22-kent", "15-engage-exit-wiltshire", "20-appointment-inspectors")
NOW = replace(WINDOW, kind=WindowKind.NOW, period="now/000099")
HOUR = timedelta(hours=1)


def held(*names: str) -> list[StoredRelease]:
    return [replace(case(name).stored, number=number) for number, name in enumerate(names, 1)]


def items(shown: Sequence[StoredRelease], kind: str = "new") -> tuple[DigestItem, ...]:
    return tuple(DigestItem(one, kind, one.revision) for one in shown)


def revised(was: StoredRelease, *changes: tuple[str, str]) -> DigestItem:
    """The item of a release of which these words were replaced by these."""
    text = was.release.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    [release] = parse(RawRelease(was.location, text.encode(), "text/plain")).releases
    return DigestItem(replace(was, release=release, revision=2, seq=99), "revised", 2, was)


def withdrawn(one: StoredRelease) -> DigestItem:
    return DigestItem(one, "withdrawn", one.revision, at=NOON, why="gone from its page")


def digest(
    told: Sequence[DigestItem],
    window: Window = WINDOW,
    *,
    earlier: Sequence[DigestItem] = (),
    attestation: Attestation | None = None,
    reading: Reading | None = None,
    **followed: object,
) -> Sequence[RenderedPart]:
    return RENDER_DIGEST(
        DigestContent(_subscription(**followed), window, tuple(told), tuple(earlier), attestation, reading)
    )


def again(told: Sequence[DigestItem], shape: Shape, window: Window = WINDOW, **followed: object) -> RenderedPart:
    return RENDER_DIGEST.again(DigestContent(_subscription(**followed), window, tuple(told)), shape)


def _subscription(**changes: object) -> Subscription:
    return replace(SUBSCRIPTION, **changes)  # type: ignore[arg-type]


def text(*parts: RenderedPart) -> str:
    return "\n\n".join(str(part.payload["text"]) for part in parts)


def corrected_grade() -> DigestItem:
    return revised(
        held(DAY[0])[0],
        ("'requires improvement' at", "'good' at"),
        ("requires improvement in the legitimacy", "is good in the legitimacy"),
        ("outstanding work with very few", "good work with few"),
    )


LOOKED = Attestation(
    NOON - 24 * HOUR,
    NOON,
    3,
    288,
    2,
    (Outage(NOON - 9 * HOUR, NOON - 8 * HOUR), Outage(NOON - 5 * HOUR, NOON - 4 * HOUR, "list:https://hmic.gov.uk")),
)


def kinds() -> dict[str, Sequence[RenderedPart]]:
    """Every kind of message there is, by the name of its reviewed text."""
    five, day = items(held(*MIXED)), items(held(*DAY))
    late = replace(WINDOW, coalesced=10, covers_from=NOON - 240 * HOUR)
    approve = Notice(NoticeKind.APPROVAL, _subscription(hold=True), WINDOW, tuple(digest(five[:2])))
    paused = {"paused_since": NOON - 400 * HOUR, "catch_up": CatchUp.SUMMARISE}
    parked = _subscription(reason="is_archived")
    return {
        "card": digest(five[:1]),
        "card-titles": digest(five[:1], detail="titles"),
        "card-full": digest(five[:1], detail="full"),
        "list-titles": digest(five, detail="titles"),
        "list-extract": digest(five),
        "list-compact": digest(five, layout="compact"),
        "flat": digest(five[:2], layout="flat"),
        "flat-full": digest(five[:2], layout="flat", detail="full"),
        "in-person": digest(five[:1], target="person", detail="titles"),
        "urgent": digest(five[3:4], replace(WINDOW, kind=WindowKind.URGENT)),
        "backfill": digest(five[:3], replace(WINDOW, kind=WindowKind.BACKFILL), layout="compact"),
        "nothing": digest((), attestation=replace(LOOKED, failures=0, outages=())),
        "nothing-unwatched": digest((), attestation=replace(LOOKED, sources=0, checks=0, failures=0, outages=())),
        "late": digest(five[:2], late, attestation=LOOKED, detail="titles"),
        "after-pause": digest(five, due_after=NOON, **paused),
        "day": digest(day, NOW, filter="force:north-wales", detail="titles"),
        "day-joined": digest(day[1:], NOW, earlier=day[:1], reading=Reading(4, 0, 4)),
        "correction": digest([corrected_grade()], replace(WINDOW, kind=WindowKind.CORRECTION)),
        "corrected-card": [again([corrected_grade()], Shape(Role.CARD))],
        "withdrawal": digest([withdrawn(held(DAY[0])[0])], replace(WINDOW, kind=WindowKind.WITHDRAWAL)),
        "withdrawn-card": [again([withdrawn(held(DAY[0])[0])], Shape(Role.CARD))],
        "edited-list": [again([withdrawn(day[1].release), corrected_grade(), day[2]], Shape(Role.LIST, 1, 3))],
        "edited-day": [again([withdrawn(day[1].release), corrected_grade(), day[2]], Shape(Role.TALLY, 1, 3), NOW)],
        "approval": [RENDER_DIGEST.notice(approve)],
        "parked": [RENDER_DIGEST.notice(Notice(NoticeKind.PARKED, parked, WINDOW))],
    }


@cache
def rendered() -> dict[str, Sequence[RenderedPart]]:
    return kinds()


KINDS = sorted(path.stem for path in GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("what", KINDS)
def test_a_digest_is_shown_as_it_was_reviewed(what: str) -> None:
    assert text(*rendered()[what]) + "\n" == (GOLDEN / f"{what}.txt").read_text(encoding="utf-8")


def test_every_kind_of_message_was_reviewed() -> None:
    assert sorted(rendered()) == KINDS


@cache
def stock() -> tuple[StoredRelease, ...]:
    """The seeds and the corpus, numbered."""
    return tuple(store(release, number) for number, release in enumerate(held_releases(), 1))


@st.composite
def contents(draw: st.DrawFn) -> DigestContent:
    chosen = draw(st.lists(st.sampled_from(range(len(stock()))), unique=True, max_size=30))
    told = [replace(one, kind=draw(st.sampled_from(("new", "new", "new", "revised")))) for one in items(_stock(chosen))]
    subscription = _subscription(
        layout=draw(st.sampled_from(("thread", "flat", "compact"))),
        detail=draw(st.sampled_from(("titles", "extract", "full"))),
        filter=draw(st.sampled_from(("all", "force:kent force:merseyside"))),
        target=draw(st.sampled_from(("channel", "person"))),
        catch_up=draw(st.sampled_from((None, None, CatchUp.SUMMARISE))),
    )
    posted = (WindowKind.PERIOD, WindowKind.NOW, WindowKind.URGENT, WindowKind.BACKFILL)
    window = replace(WINDOW, kind=draw(st.sampled_from(posted)), coalesced=draw(st.sampled_from((1, 10))))
    attestation = draw(st.sampled_from((None, LOOKED)))
    joined = draw(st.integers(0, len(told) // 2)) if window.kind is WindowKind.NOW else 0
    return DigestContent(subscription, window, tuple(told[joined:]), tuple(told[:joined]), attestation)


def _stock(chosen: Sequence[int]) -> list[StoredRelease]:
    return [stock()[index] for index in chosen]


@settings(max_examples=80)
@given(content=contents())
def test_no_release_is_left_out_and_every_message_may_be_sent(content: DigestContent) -> None:
    parts = RENDER_DIGEST(content)

    shown = unescape(text(*parts))
    assert all(re.search(rf"R-{item.release.number}(?!\d)", shown) for item in content.items)
    for item in content.items:
        telling = [part for part in parts if item in part.shows]
        assert any(re.search(rf"R-{item.release.number}(?!\d)", unescape(text(part))) for part in telling)
    for part in parts:
        assert problems(dict(part.payload), "message") == []
        assert (part.payload["unfurl_links"], part.payload["unfurl_media"]) == (False, False)
        assert not re.search(r"<!(?!date)|<@(?!U1>)", json.dumps(part.payload))
    assert [part.is_reply for part in parts] == sorted(part.is_reply for part in parts)
    assert not parts[0].is_reply


@settings(max_examples=60)
@given(content=contents())
def test_a_message_rendered_again_with_what_it_shows_is_the_same_message(content: DigestContent) -> None:
    for part in RENDER_DIGEST(content):
        assert RENDER_DIGEST.again(replace(content, items=part.shows, earlier=()), part.shape) == part


@settings(max_examples=60)
@given(
    content=contents(),
    detail=st.sampled_from(("titles", "extract", "full")),
    layout=st.sampled_from(("thread", "compact")),
)
def test_a_message_is_rendered_again_when_the_subscription_was_changed_or_its_releases_were(
    content: DigestContent, detail: str, layout: str
) -> None:
    changed = replace(content.subscription, detail=detail, layout=layout, catch_up=None)
    for part in RENDER_DIGEST(content):
        told = [withdrawn(item.release) if index % 2 else item for index, item in enumerate(part.shows)]
        edited = RENDER_DIGEST.again(replace(content, subscription=changed, items=tuple(told)), part.shape)

        assert problems(dict(edited.payload), "message") == []
        assert edited.shows == tuple(told)
        if part.shape.role is not Role.TALLY:
            shown = unescape(text(edited))
            assert all(re.search(rf"R-{item.release.number}(?!\d)", shown) for item in told)


def test_the_text_of_a_list_is_never_cut() -> None:
    told = items(stock())
    for detail in ("titles", "extract"):
        for layout in ("thread", "compact"):
            for window in (WINDOW, NOW):
                parts = digest(told, window, detail=detail, layout=layout, attestation=LOOKED)
                assert not any("more lines in the message" in text(part) for part in parts if len(part.shows) > 1)


def test_a_message_of_a_digest_has_a_footer_only_when_it_is_the_first() -> None:
    for layout in ("thread", "flat", "compact"):
        first, *rest = digest(items(stock()[:40]), layout=layout)

        assert "Why am I getting this?" in text(first)
        assert rest
        assert not any("Why am I getting this?" in text(part) for part in rest)


def test_a_reply_says_which_releases_of_all_it_holds() -> None:
    _, *replies = digest(items(stock()[:23]), detail="titles")

    ends = [part.shape.first + len(part.shows) - 1 for part in replies]
    assert [part.shape.first for part in replies] == [11, *(end + 1 for end in ends[:-1])]
    assert ends[-1] == 23
    assert text(replies[0]).startswith(f"Continued: 11 to {ends[0]}\n")


def test_corrections_are_counted_apart_from_what_is_new() -> None:
    told = [*items(stock()[:12]), *items(stock()[12:14], "revised")]

    assert text(*digest(told, detail="titles")).startswith("12 new releases, 2 corrections\n")
    assert text(*digest(items(stock()[:12], "revised"), detail="titles")).startswith("12 releases, corrected or new\n")


def test_a_grade_is_counted_only_where_the_release_states_it_for_the_whole() -> None:
    told = digest(items(held(*DAY, "04-peel-2018-19-cumbria")), NOW)[0]
    counts = text(told).splitlines()[1:4]

    assert counts[0] == "*PEEL 2016, legitimacy*: ★ outstanding: 1, ✔ good: 1, ▲ requires improvement: 1"
    assert counts[1] == "*PEEL 2018/19*: – no overall grade: 1"
    assert counts[2] == "National or general: 1 release, not counted by grade"


def test_the_forces_followed_by_name_come_first_on_a_publication_day() -> None:
    shown = held(*reversed(DAY))
    told = digest(items(shown), NOW, filter="force:north-wales force:cheshire")[0]
    named = re.findall(r"(North Wales|Cheshire|Merseyside|“Forces).* · R-", text(told))

    followed = [body.split("-")[0] for body in read_filter("force:north-wales force:cheshire").bodies]
    assert [name.split()[0].lower() for name in named[:2]] == followed
    assert named[2:] == ["Merseyside", "“Forces"]


def test_a_day_too_large_for_one_message_says_how_many_more_are_in_the_thread() -> None:
    parts = digest(items([one for one in stock() if one.release.programme]), NOW, detail="titles")
    more = re.search(r"and (\d+) more in the thread", text(parts[0]))

    assert more
    assert len(re.findall(r"R-\d+\b", text(parts[0]))) + int(more[1]) == len(parts[0].shows)


def test_a_card_that_others_join_has_its_release_told_in_the_thread() -> None:
    day = items(held(*DAY))
    tally, *replies = digest(day[1:2], NOW, earlier=day[:1])
    _, *later = digest(day[2:3], NOW, earlier=day[:2])

    assert tally.shape == Shape(Role.TALLY, 1, 2)
    assert [item for part in replies for item in part.shows] == list(day[:2])
    assert [item for part in later for item in part.shows] == list(day[2:3])
    assert later[0].shape.first == 3


def test_a_first_message_that_shows_more_than_it_did_is_a_tally() -> None:
    assert again(items(held(*DAY)), Shape(Role.CARD), NOW).shape == Shape(Role.TALLY, 1, 4)


def test_a_correction_shows_the_words_of_both_revisions_and_the_grade_first() -> None:
    [reply] = rendered()["correction"]
    told = text(reply)

    assert reply.is_reply
    assert "was ▲ *requires improvement* · R-1\N{NO-BREAK SPACE}¶1; now ✔ *good* · R-1.2\N{NO-BREAK SPACE}¶13" in told
    assert told.index("*Cheshire Constabulary, legitimacy*") < told.index(
        "• Removed: outstanding · R-1\N{NO-BREAK SPACE}¶12"
    )
    assert "• Added: good · R-1.2\N{NO-BREAK SPACE}¶12" in told


@settings(max_examples=40)
@given(
    index=st.integers(0, 1_000),
    places=st.lists(st.integers(0, 20_000), min_size=1, max_size=30),
    into=st.sampled_from(("", "other words", "good", "<!channel>", "\n\n")),
)
def test_a_correction_of_any_release_may_be_sent_and_says_what_changed(
    index: int, places: list[int], into: str
) -> None:
    was = stock()[index % len(stock())]
    words = re.split(r"(\s+)", was.release.text)
    for place in places:
        words[place * 2 % len(words)] = into
    releases = parse(RawRelease(was.location, "".join(words).encode(), "text/plain")).releases
    assume(len(releases) == 1)
    item = DigestItem(replace(was, release=releases[0], revision=2), "revised", 2, was)

    [reply] = digest([item], replace(WINDOW, kind=WindowKind.CORRECTION))

    told = text(reply)
    assert problems(dict(reply.payload), "message") == []
    assert "more lines in the message" not in told
    assert re.search(
        r"(was|now|new|no longer there): R-|^• (Removed|Added):|No word of it changed|too long to show", told
    )


def test_a_correction_of_many_paragraphs_is_cut_between_them() -> None:
    was = held(DAY[0])[0]
    [reply] = digest([revised(was, (" the ", " a "), (" and ", " or "))], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert re.search(r"^and \d+ more paragraphs", text(reply), re.MULTILINE)
    assert len(text(reply)) < 3_940


def test_a_paragraph_that_only_one_revision_has_is_told_as_such() -> None:
    was = held(DAY[0])[0]
    gone = was.release.text.split("\n\n")[11]
    [reply] = digest([revised(was, (gone, ""))], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert "no longer there: R-1" in text(reply)


def test_a_correction_of_marks_alone_says_that_no_word_changed() -> None:
    [reply] = digest([revised(held(DAY[1])[0], ("‘", "'"), ("’", "'"))], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert "No word of it changed" in text(reply)


def test_a_correction_without_the_revision_before_does_not_guess_it() -> None:
    [reply] = digest([replace(corrected_grade(), was=None)], replace(WINDOW, kind=WindowKind.CORRECTION))

    assert "cannot be shown" in text(reply)


def test_a_withdrawn_release_is_struck_and_not_quoted() -> None:
    [part] = rendered()["withdrawn-card"]

    assert f"~“{case(DAY[0]).release.title}”~ · R-1" in text(part)
    assert "gone from its page" in text(part)
    assert "rich_text" not in {block["type"] for block in part.payload["blocks"]}


def test_words_that_the_old_revision_does_not_have_are_not_posted_as_its_own() -> None:
    item = corrected_grade()
    assert item.was
    finding = item.release.release.findings[0]
    wrong = replace(finding, evidence=Evidence(0, 5, "wrong"))
    broken = replace(item.release, release=replace(item.release.release, findings=(wrong,)))

    with pytest.raises(QuoteNotInText):
        digest([replace(item, release=broken)])


def test_a_digest_waits_for_approval_under_its_short_name() -> None:
    [part] = rendered()["approval"]
    [row] = [block for block in part.payload["blocks"] if block["type"] == "actions"]

    assert [button["value"] for button in row["elements"]] == ["approve D-1", "reject D-1"]
    assert "New: Cheshire" not in text(part)
    assert "2 new releases" in text(part)


def test_a_digest_too_large_to_be_shown_for_approval_is_told_of() -> None:
    part = digest(items(held(DAY[0])))[0]
    large = replace(part, payload={**part.payload, "blocks": part.payload["blocks"] * 20})

    told = text(RENDER_DIGEST.notice(Notice(NoticeKind.APPROVAL, SUBSCRIPTION, WINDOW, (large,))))

    assert "too long to be shown here" in told


@pytest.mark.parametrize(
    "reason", ["not_in_channel", "channel_not_found", "restricted_action_read_only_channel", "else"]
)
def test_who_follows_is_told_why_nothing_is_posted_and_what_to_do(reason: str) -> None:
    told = text(RENDER_DIGEST.notice(Notice(NoticeKind.PARKED, _subscription(reason=reason), WINDOW)))

    assert "*What to do*" in told
    assert "goes on by itself" in told
    assert ("Slack answered “else”" in told) == (reason == "else")


NASTY = st.sampled_from(
    ["<!channel>", "<@U2>", "<#C1>", "&lt;!", "*b*", "~", "`", "<https://x.org|y>", ">", "|", "word"]
)


@settings(max_examples=40)
@given(nasty=st.lists(NASTY, min_size=1, max_size=40))
def test_no_title_or_reason_becomes_a_mention_in_any_kind_of_message(nasty: list[str]) -> None:
    words = " ".join(nasty)
    told = [replace(one, release=replace(one.release, title=words)) for one in held(*MIXED)]
    item = replace(corrected_grade(), release=replace(told[0], revision=2), was=held(DAY[0])[0])
    taken_back = replace(withdrawn(told[0]), why=words)
    shown = [taken_back, item, *items(told[2:])]
    parts = [
        *digest(items(told), layout="compact"),
        *digest(items(told), NOW),
        *digest([item], replace(WINDOW, kind=WindowKind.CORRECTION)),
        *digest([taken_back], replace(WINDOW, kind=WindowKind.WITHDRAWAL)),
        *(again(shown, Shape(role, 1, 5)) for role in (Role.LIST, Role.CONTINUED, Role.TALLY)),
        again([taken_back], Shape(Role.CARD)),
        RENDER_DIGEST.notice(Notice(NoticeKind.PARKED, _subscription(reason=words), WINDOW)),
    ]
    for part in parts:
        payload = json.dumps(part.payload)
        assert problems(dict(part.payload), "message") == []
        assert not re.search(r"<[!@#]", re.sub(r"<!date|<@U1>|<#C1>(?= is| every|,)", "", payload))


if __name__ == "__main__":
    sys.path.insert(0, "tests")
    GOLDEN.mkdir(exist_ok=True)
    for name, parts in kinds().items():
        (GOLDEN / f"{name}.txt").write_text(text(*parts) + "\n", encoding="utf-8")
