"""Every limit of Slack's that shapes what we send, by name. Numbers only, no logic.

Lengths are in characters, counts in items. Each group names the page of docs.slack.dev that states it. Where the pages
disagree, or say nothing, the number here is the cautious one and its comment says so.
"""

from __future__ import annotations

from typing import Final

# reference/methods/chat.postMessage
TEXT: Final = 40_000  # Slack cuts longer text silently; we refuse it
TEXT_ADVISED: Final = 4_000  # the longest text the page recommends
MESSAGE_BLOCKS: Final = 50
BLOCKS_TEXT: Final = 12_000  # unpublished; Slack itself has doubled oversized messages
METADATA_BYTES: Final = 8_000  # unpublished; ids only, so far below
METADATA_EVENT_TYPE: Final = 255

# surfaces/modals and surfaces/app-home
VIEW_BLOCKS: Final = 100
VIEW_TITLE: Final = 24
VIEW_SUBMIT: Final = 24
VIEW_CLOSE: Final = 24
VIEW_PRIVATE_METADATA: Final = 3_000
VIEW_CALLBACK_ID: Final = 255
VIEW_EXTERNAL_ID: Final = 255
VIEW_STACK: Final = 3
VIEW_BYTES: Final = 250_000  # reference/methods/views.open: view_too_large

# reference/block-kit/blocks
BLOCK_ID: Final = 255
SECTION_TEXT: Final = 3_000
SECTION_FIELDS: Final = 10
SECTION_FIELD: Final = 2_000
HEADER_TEXT: Final = 150
CONTEXT_ELEMENTS: Final = 10
CONTEXT_TEXT: Final = 2_000
ACTIONS_ELEMENTS: Final = 25
IMAGE_URL: Final = 3_000
IMAGE_ALT: Final = 2_000
IMAGE_TITLE: Final = 2_000
INPUT_LABEL: Final = 2_000
INPUT_HINT: Final = 2_000
MARKDOWN_TEXT: Final = 12_000  # over all markdown blocks of one message
ALERT_TEXT: Final = 3_000
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
TABLE_TEXT: Final = 10_000  # over all cells
TABLES_PER_MESSAGE: Final = 1
RICH_TEXT_INDENT: Final = 8

# reference/block-kit/blocks/data-table-block
DATA_TABLE_ROWS_MIN: Final = 2  # the header and one row
DATA_TABLE_ROWS: Final = 101
DATA_TABLE_PAGE: Final = 100

# reference/block-kit/blocks/data-visualization-block
CHARTS_PER_MESSAGE: Final = 2
CHART_TITLE: Final = 50
CHART_AXIS_LABEL: Final = 50
CHART_LABEL: Final = 20
CHART_POINTS: Final = 20
CHART_SERIES: Final = 6  # later copies of the page say 12; six is accepted by both

# reference/block-kit/block-elements
ACTION_ID: Final = 255
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
BUTTON_LABEL: Final = 75  # accessibility_label
URL: Final = 3_000
PLACEHOLDER: Final = 150
SELECT_OPTIONS: Final = 100
SELECT_GROUPS: Final = 100
OVERFLOW_OPTIONS_MIN: Final = 2
OVERFLOW_OPTIONS: Final = 5
CHOICES: Final = 10  # checkboxes and radio buttons
INPUT_VALUE: Final = 3_000

# reference/block-kit/composition-objects
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
OPTION_DESCRIPTION: Final = 75
OPTION_GROUP_LABEL: Final = 75
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30
