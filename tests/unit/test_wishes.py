from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.cadence import cadence_words, parse_cadence
from summaries.delivery import Cadence, CadenceKind, Quiet, Subscription
from summaries.errors import BadFilter, BadSubscription
from summaries.query import parse_filter
from summaries.subscriptions import DEFAULTS, UNSAID, Options, Wish, options_of, parse_subscribe, wish_of, wish_words
from summaries.subscriptions.following import drafted

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
hours = st.tuples(times, times).filter(lambda pair: pair[0] != pair[1])
options = st.builds(
    Options,
    st.sampled_from([None, "skip", "note"]),
    st.sampled_from([None, "thread", "flat", "compact"]),
    st.sampled_from([None, "titles", "extract", "full"]),
    st.none() | st.builds(Quiet, st.none() | hours, st.booleans(), st.booleans()),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, "Europe/London", "Australia/Lord_Howe", "UTC"]),
)
cadences = st.one_of(
    st.just(Cadence(CadenceKind.NOW)),
    st.builds(Cadence, st.sampled_from([CadenceKind.DAILY, CadenceKind.WEEKDAYS]), times),
    st.builds(Cadence, st.just(CadenceKind.WEEKLY), times, st.integers(0, 6)),
    st.builds(Cadence, st.just(CadenceKind.MONTHLY), times, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, -1])),
)
filters = st.sampled_from(
    [
        "all",
        "Kent, Essex",
        '"a weekly layout:flat now" or text:vetting',
        "force:kent -pillar:legitimacy",
        'text:"stop here"',
    ]
)
wishes = st.builds(
    Wish, filters, cadences.map(cadence_words), st.sampled_from(["channel", "person"]), options, st.booleans()
)
TYPED = (
    'all Kent weekly Mon 09:00 daily now here me confirm layout:flat layout: flat quiet:weekends, quiet:6pm-8am "'
    ' “ "stop ” dayly zone:utc force:kent -topic:custody hold:yes 1st lay-out:flat quiet:'
)
typed_words = st.lists(st.sampled_from(TYPED.split(" ")), max_size=12).map(" ".join)


@given(wishes)
def test_a_wish_written_out_reads_the_same(wish: Wish) -> None:
    assert parse_subscribe(wish_words(wish)) == wish


@given(typed_words | st.text(max_size=60))
def test_whatever_is_typed_is_a_wish_that_can_be_written_out_or_a_bad_subscription(typed: str) -> None:
    try:
        wish = parse_subscribe(typed)
        parse_cadence(wish.cadence_text)
    except BadSubscription:
        return
    assert parse_subscribe(wish_words(wish)) == wish


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("all layout:flat", Options(layout="flat")),
        ("layout:flat all", Options(layout="flat")),
        ("all Layout: FLAT daily", Options(layout="flat")),
        ("all empty:note detail:full hold:yes urgent:no", Options("note", None, "full", hold=True, urgent=False)),
        ("all quiet:18:00-08:00,weekends", Options(quiet=Quiet((time(18), time(8)), weekends=True))),
        ("all quiet:weekends, holidays daily", Options(quiet=Quiet(weekends=True, holidays=True))),
        ("all quiet:weekends quiet:holidays", Options(quiet=Quiet(weekends=True, holidays=True))),
        ("all quiet:none", Options(quiet=Quiet())),
        ("all zone:europe/paris", Options(zone="Europe/Paris")),
        ("all layout:flat layout:flat", Options(layout="flat")),
        ('"layout:flat" all', UNSAID),
        ("all year:2016 kind:national", UNSAID),
    ],
)
def test_options_are_read_anywhere_outside_quotation_marks(typed: str, options: Options) -> None:
    assert parse_subscribe(typed).options == options


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("all now here confirm", Wish("all", "now", "channel", confirmed=True)),
        ("all me layout:flat CONFIRM", Wish("all", "daily 08:30", "person", Options(layout="flat"), confirmed=True)),
        ('"never confirm', Wish('"never confirm"', "daily 08:30", "channel")),
        ('"all that came here', Wish('"all that came here"', "daily 08:30", "channel")),
        ("confirm all", Wish("confirm all", "daily 08:30", "channel")),
    ],
)
def test_confirm_is_the_last_word(typed: str, wish: Wish) -> None:
    assert parse_subscribe(typed) == wish


@pytest.mark.parametrize(
    ("typed", "nearest", "told"),
    [
        ("all layout:threads", "layout:thread", "`layout:compact`"),
        ("all empty:nothing", "empty:note", "`empty:skip`"),
        ("all hold:maybe", "hold:yes", "`hold:no`"),
        ("all detail:", "detail:extract", "`detail:titles`"),
        ("all lay-out:flat", "layout:flat", "Did you mean"),
        ("all layuot:flat", "layout:flat", "Did you mean"),
        ("all details:titles", "detail:titles", "Did you mean"),
        ("all details:short", "detail:extract", "Did you mean"),
        ("all quite:weekends", "quiet:18:00-08:00", "Did you mean"),
        ("all timezone:Europe/Paris", "zone:Europe/London", "Did you mean"),
        ("all layout:flat layout:compact", "layout:flat", "said twice"),
        ("all quiet:evenings", "quiet:18:00-08:00", "`quiet:holidays`"),
        ("all zone:Paris", "zone:Europe/Paris", "is not a time zone"),
        ("all zone:Europe/Londn", "zone:Europe/London", "is not a time zone"),
        ("all zone:", "zone:Europe/London", "is not a time zone"),
        ("all zone:../../etc/passwd", "zone:Europe/London", "is not a time zone"),
    ],
)
def test_a_wrong_option_is_answered_with_the_right_ones(typed: str, nearest: str, told: str) -> None:
    with pytest.raises(BadSubscription) as raised:
        parse_subscribe(typed)
    assert raised.value.facts["nearest"] == nearest
    assert f"`{nearest}`" in str(raised.value)
    assert told in str(raised.value)


@pytest.mark.parametrize("typed", ["forces:kent", "yaer:2016", "pillar:x", "url:https", "12:30", "grades:good"])
def test_what_is_no_option_is_left_to_the_filter(typed: str) -> None:
    assert parse_subscribe(f"{typed} now").filter_text == typed


def draft(wish: Wish) -> Subscription:
    return drafted(
        NOW,
        team_id="T1",
        channel_id="C1",
        target=wish.target,
        filter_text=wish.filter_text,
        cadence_text=wish.cadence_text,
        zone="Europe/London",
        by="U1",
        options=wish.options,
    )


@given(wishes)
def test_the_wish_of_a_subscription_makes_the_same_subscription(wish: Wish) -> None:
    with suppress(BadSubscription):  # a time within its own quiet hours
        made = draft(wish)
        typed = wish_words(wish_of(made))
        assert draft(parse_subscribe(typed)) == made
        in_full = replace(parse_subscribe(typed), options=options_of(made))
        assert draft(parse_subscribe(wish_words(in_full))) == made


def test_what_stands_unsaid_is_what_a_plain_wish_makes() -> None:
    plain = draft(Wish("all", "daily", "channel"))
    assert options_of(plain) == replace(DEFAULTS, zone="Europe/London")
    assert wish_words(wish_of(plain)) == "all daily 08:30 zone:Europe/London here"
    said = [getattr(options_of(plain), field.name) for field in fields(Options)]
    assert None not in said


@pytest.mark.parametrize(
    "typed", ["daily 19:00 quiet:18:00-08:00", "weekly Mon 18:00 quiet:18:00-08:00", "daily quiet:08:00-09:00"]
)
def test_a_time_within_its_own_quiet_hours_is_refused_with_words(typed: str) -> None:
    with pytest.raises(BadSubscription, match="is within the quiet hours `"):
        draft(parse_subscribe(f"all {typed}"))


@pytest.mark.parametrize("typed", ["now quiet:18:00-08:00", "daily 08:00 quiet:18:00-08:00", "daily quiet:weekends"])
def test_other_times_are_not(typed: str) -> None:
    assert draft(parse_subscribe(f"all {typed}")).quiet != Quiet()


@given(filters)
def test_the_stored_filter_of_each_can_be_typed_again(typed: str) -> None:
    with suppress(BadFilter):
        stored = parse_filter(typed)
        assert parse_filter(parse_subscribe(f"{stored.text} now").filter_text) == stored
