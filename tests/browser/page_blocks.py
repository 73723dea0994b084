"""One message for every kind of block the page draws, with words from the seeds and, apart, words that mean harm."""

from __future__ import annotations

from typing import Any

JSON = dict[str, Any]

HOSTILE = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'
LEAD_IN = "HMIC found that Thames Valley Police:"


def plain(text: str) -> JSON:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> JSON:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def words(text: str, **style: bool) -> JSON:
    """A text element of a rich_text block."""
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def section(*elements: JSON) -> JSON:
    """A rich_text_section."""
    return {"type": "rich_text_section", "elements": list(elements)}


def option(text: str, value: str) -> JSON:
    """An option of a select, an overflow menu, checkboxes or radio buttons."""
    return {"text": plain(text), "value": value}


def button(text: str, action_id: str, **more: Any) -> JSON:
    """A button element."""
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


CONFIRM: JSON = {
    "title": plain("Stop these digests?"),
    "text": mrkdwn("*#inspections* will hear nothing more about 3 forces. You can undo this for ten minutes."),
    "confirm": plain("Stop them"),
    "deny": plain("Keep them"),
    "style": "danger",
}

CARD: list[JSON] = [
    {"type": "header", "text": plain("Thames Valley Police · legitimacy 2016")},
    {
        "type": "section",
        "block_id": "verdict",
        "text": mrkdwn(
            "Judged *good* at legitimacy &amp; fairness, <https://example.org/release|as the release says>."
        ),
        "accessory": {
            "type": "overflow",
            "action_id": "more",
            "options": [option("Copy the quotation", "copy"), option("Why am I seeing this?", "why")],
        },
    },
    {
        "type": "section",
        "fields": [
            mrkdwn("*Programme*\nPEEL 2016"),
            mrkdwn("*Earlier*\ngood (2015)"),
            mrkdwn("*Inspector*\nZoë Billingham"),
        ],
    },
    {
        "type": "rich_text",
        "elements": [
            section(words(LEAD_IN)),
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    section(
                        words("praise ", bold=True), words("treats the people it serves with fairness and respect;")
                    ),
                    section(
                        words("concern ", bold=True), words("should improve how its workforce understands the issues")
                    ),
                ],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 1,
                "elements": [section(words("lessons learned", italic=True))],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [section(words("first")), section(words("second"))],
            },
            {
                "type": "rich_text_quote",
                "elements": [
                    words(
                        "Overall, I have judged Thames Valley Police as 'good' at how legitimately it keeps people safe"
                    )
                ],
            },
            {"type": "rich_text_preformatted", "elements": [words("R-12 ¶3  sha256:9f2c…")]},
            section(
                words("struck", strike=True),
                words(" "),
                words("R-12 ¶3", code=True),
                words(" "),
                {"type": "link", "url": "https://example.org/", "text": "source"},
                words(" "),
                {"type": "emoji", "name": "white_check_mark"},
                words(" "),
                {"type": "user", "user_id": "U02"},
                words(" "),
                {"type": "channel", "channel_id": "C2"},
                words(" "),
                {"type": "broadcast", "range": "channel"},
                words(" "),
                {"type": "date", "timestamp": 1481155200, "format": "{date_long}", "fallback": "8 December 2016"},
            ),
        ],
    },
    {"type": "divider"},
    {
        "type": "actions",
        "block_id": "doors",
        "elements": [
            button("Full findings", "findings", value="R-12", style="primary"),
            button("Open the report", "report", url="https://example.org/report"),
            button("Stop", "stop", value="S-1", style="danger", confirm=CONFIRM),
            {
                "type": "static_select",
                "action_id": "pillar",
                "placeholder": plain("Pillar"),
                "options": [option("Legitimacy", "legitimacy"), option("Efficiency", "efficiency")],
            },
        ],
    },
    {
        "type": "context",
        "elements": [mrkdwn("Published <!date^1481155200^{date_short}|8 Dec 2016> · read from the page · `R-12`")],
    },
]


def _table_row(*cells: str) -> list[JSON]:
    return [{"type": "raw_text", "text": cell} for cell in cells]


TABLES: list[JSON] = [
    {"type": "section", "text": mrkdwn("Grades of five forces, as the releases state them:")},
    {
        "type": "table",
        "column_settings": [{}, {"align": "center"}, {"align": "center"}, {"is_wrapped": True}],
        "rows": [
            _table_row("Force", "2015", "2016", "Words"),
            _table_row("Thames Valley", "good", "good", "treats the people it serves with fairness and respect"),
            [
                {"type": "raw_text", "text": "Hampshire"},
                {"type": "raw_text", "text": "good"},
                {"type": "rich_text", "elements": [section(words("good", bold=True))]},
                {"type": "raw_text", "text": "ethical and lawful behaviour"},
            ],
        ],
    },
    {
        "type": "data_table",
        "caption": "Findings by force",
        "page_size": 3,
        "row_header_column_index": 0,
        "rows": [
            _table_row("Force", "Findings"),
            *(
                [{"type": "raw_text", "text": name}, {"type": "raw_number", "value": count}]
                for name, count in (
                    ("Kent", 12),
                    ("Essex", 7),
                    ("Avon and Somerset", 21),
                    ("Dorset", 3),
                    ("Wiltshire", 9),
                )
            ),
        ],
    },
]


def _series(name: str, *values: int) -> JSON:
    points = [{"label": year, "value": value} for year, value in zip(_YEARS, values, strict=True)]
    return {"name": name, "data": points}


_YEARS = ("2014", "2015", "2016", "2017")
_AXES: JSON = {"categories": list(_YEARS), "x_label": "Year", "y_label": "Forces"}


def chart(kind: str) -> JSON:
    """A data_visualization block of one kind: bar, line, area or pie."""
    drawing: JSON = {
        "type": kind,
        "series": [_series("good", 18, 24, 31, 33), _series("requires improvement", 20, 14, 9, 7)],
        "axis_config": _AXES,
    }
    if kind == "pie":
        drawing = {
            "type": "pie",
            "segments": [
                {"label": "good", "value": 31},
                {"label": "outstanding", "value": 3},
                {"label": "requires improvement", "value": 9},
            ],
        }
    return {"type": "data_visualization", "title": f"Legitimacy, {kind}", "chart": drawing}


CHARTS = [chart("bar"), chart("line")]
MORE_CHARTS = [chart("area"), chart("pie")]


def others(picture: str) -> list[JSON]:
    """The remaining blocks, and one the page does not know; `picture` is the address of an image."""
    return [
        {
            "type": "markdown",
            "text": "## What changed\n\n- **one** moved\n\n> quoted\n\n[link](https://example.org/) and `code`",
        },
        {
            "type": "image",
            "image_url": picture,
            "alt_text": "The mark of hmic",
            "title": plain("Picture"),
        },
        {
            "type": "section",
            "text": mrkdwn(
                "*bold* _italic_ ~gone~ `code` :warning: <@U02> <#C2> <!here> &lt;b&gt; snake_case_name 2*3*4\n"
                "&gt; a quoted line\n```\nfenced\n```"
            ),
            "accessory": {"type": "image", "image_url": picture, "alt_text": "thumb"},
        },
        {"type": "hologram", "text": "from a later year"},
    ]


HARMFUL: list[JSON] = [
    {"type": "header", "text": plain(HOSTILE)},
    {"type": "section", "text": mrkdwn(f"{HOSTILE} <!channel> <javascript:window.harmed=1|press me>")},
    {
        "type": "rich_text",
        "elements": [
            section(
                words(f"&lt;kept&gt; {HOSTILE} <!channel>"),
                {"type": "link", "url": "javascript:window.harmed=1", "text": "press me too"},
            )
        ],
    },
    {"type": "table", "rows": [_table_row(HOSTILE, "b"), _table_row(HOSTILE, "d")]},
    {
        "type": "data_visualization",
        "title": HOSTILE[:50],
        "chart": {"type": "pie", "segments": [{"label": HOSTILE[:20], "value": 1}]},
    },
    {"type": "markdown", "text": f"{HOSTILE} [x](javascript:window.harmed=1)"},
    {"type": "image", "image_url": "javascript:window.harmed=1", "alt_text": HOSTILE},
    {"type": "actions", "elements": [button(HOSTILE, "harm", url="javascript:window.harmed=1")]},
    {"type": HOSTILE},
    {"type": "section", "text": 7, "fields": "not a list"},
]


def _input(block_id: str, label: str, element: JSON, **more: Any) -> JSON:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


MODAL: JSON = {
    "id": "V1",
    "type": "modal",
    "title": plain("New subscription"),
    "submit": plain("Subscribe"),
    "close": plain("Not now"),
    "blocks": [
        {"type": "section", "text": mrkdwn("What should be posted, and when?")},
        _input(
            "what",
            "What",
            {"type": "plain_text_input", "action_id": "text", "placeholder": plain("Hampshire, grade:inadequate…")},
            hint=plain("A filter, as in search."),
        ),
        _input(
            "how",
            "How often",
            {
                "type": "static_select",
                "action_id": "often",
                "options": [option("At once", "now"), option("Daily", "daily")],
                "initial_option": option("Daily", "daily"),
            },
        ),
        _input(
            "days",
            "On",
            {"type": "checkboxes", "action_id": "days", "options": [option("Monday", "mon"), option("Friday", "fri")]},
            optional=True,
        ),
        _input(
            "layout",
            "Layout",
            {
                "type": "radio_buttons",
                "action_id": "layout",
                "options": [option("Thread", "thread"), option("Flat", "flat")],
                "initial_option": option("Thread", "thread"),
            },
        ),
        _input("from", "From", {"type": "datepicker", "action_id": "date"}, optional=True),
        _input("at", "At", {"type": "timepicker", "action_id": "time", "initial_time": "08:30"}),
        _input(
            "where",
            "Where",
            {"type": "conversations_select", "action_id": "place", "default_to_current_conversation": True},
        ),
    ],
}

HOME: JSON = {
    "id": "VHOME",
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Your subscriptions")},
        {
            "type": "section",
            "block_id": "s1",
            "text": mrkdwn("*Hampshire* · daily 08:30 · #inspections"),
            "accessory": button("Pause", "pause", value="S-1"),
        },
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("Sources last read at 08:00; nothing failed.")]},
    ],
}
