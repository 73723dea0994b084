"""Reading releases: `parse` turns what a source handed over into releases whose every field has its evidence."""

from summaries.parsing.layout.passage import plain_words
from summaries.parsing.parser import EXCERPT, PARSER_VERSION, parse

__all__ = ["EXCERPT", "PARSER_VERSION", "parse", "plain_words"]
