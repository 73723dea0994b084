"""Reading releases: `parse` turns what a source handed over into releases whose every field has its evidence."""

from summaries.parsing.parser import PARSER_VERSION, parse

__all__ = ["PARSER_VERSION", "parse"]
