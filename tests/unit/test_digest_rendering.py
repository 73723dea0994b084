"""Digests as they are posted: every layout and detail, publication days; what is changed in them later.

What they are made of, and how the reviewed texts are written anew, is in `tests/digesting.py`.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from cards import RENDER_DIGEST, WINDOW
from digesting import (
    DAY,
    GOLDEN,
    LOOKED,
    MIXED,
    NOW,
    again,
    corrected_grade,
    digest,
    followed,
    held,
    items,
    rendered,
    stock,
    text,
    withdrawn,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.mrkdwn import unescape
from bot.rendering.validator import problems
from summaries.delivery import (
    CatchUp,
    DigestContent,
    Notice,
    NoticeKind,
    Role,
    Shape,
    WindowKind,
)
from summaries.query import read_filter

KINDS = sorted(path.stem for path in GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("what", KINDS)
def test_a_digest_is_shown_as_it_was_reviewed(what: str) -> None:
    assert text(*rendered()[what]) + "\n" == (GOLDEN / f"{what}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("what", KINDS)
def test_no_message_that_comes_by_itself_calls_anybody(what: str) -> None:
    for part in rendered()[what]:
        assert not re.search(r'<@|<!(?!date\^)|"type": "(user|usergroup|broadcast)"', json.dumps(part.payload))


def test_every_kind_of_message_was_reviewed() -> None:
    assert sorted(rendered()) == KINDS


@st.composite
def contents(draw: st.DrawFn) -> DigestContent:
    chosen = draw(st.lists(st.sampled_from(range(len(stock()))), unique=True, max_size=30))
    told = [
        replace(one, kind=draw(st.sampled_from(("new", "new", "new", "revised"))))
        for one in items([stock()[index] for index in chosen])
    ]
    subscription = followed(
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


@settings(max_examples=40)
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
        assert not re.search(r"<!(?!date)|<@", json.dumps(part.payload))
    assert [part.is_reply for part in parts] == sorted(part.is_reply for part in parts)
    assert not parts[0].is_reply


@settings(max_examples=30)
@given(content=contents())
def test_a_message_rendered_again_with_what_it_shows_is_the_same_message(content: DigestContent) -> None:
    for part in RENDER_DIGEST(content):
        assert RENDER_DIGEST.again(replace(content, items=part.shows, earlier=()), part.shape) == part


@settings(max_examples=30)
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
    assert text(replies[0]).startswith(f"Releases 11 to {ends[0]} of this digest\n")


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


def test_the_thread_of_a_compact_day_does_not_repeat_what_the_message_tells() -> None:
    few, many = items(held(*DAY)), items([one for one in stock() if one.release.programme])
    joined = digest(few[1:], NOW, earlier=few[:1], layout="compact")
    tally, *replies = digest(many, NOW, layout="compact")

    assert len(joined) == 1
    [left_out] = re.findall(r"and (\d+) more in the thread", text(tally))
    assert sum(len(part.shows) for part in replies) == int(left_out)


def test_the_title_of_a_day_tells_new_corrected_and_withdrawn_apart_and_its_date() -> None:
    [part] = rendered()["edited-day"]

    title = "1 new release, 1 corrected, 1 withdrawn: PEEL 2016, legitimacy, 8 December 2016"
    assert text(part).splitlines()[0] == title


def test_a_first_note_of_nothing_speaks_of_no_digest_before() -> None:
    [first], [later] = rendered()["nothing-unwatched"], rendered()["nothing"]

    assert "since number 1 began" in text(first)
    assert "No source is watched" in text(first)
    assert "came in since <!date^" in text(later)


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
        RENDER_DIGEST.notice(Notice(NoticeKind.PARKED, followed(reason=words), WINDOW)),
    ]
    for part in parts:
        payload = json.dumps(part.payload)
        assert problems(dict(part.payload), "message") == []
        assert not re.search(r"<[!@#]", re.sub(r"<!date|<#C1>(?= is| every|,)", "", payload))
