"""The filter language: which releases are meant. One language for search, latest, grades, export and subscriptions."""

from summaries.query.filters import Filter, Literal
from summaries.query.parse import parse_filter, read_filter

__all__ = ["Filter", "Literal", "parse_filter", "read_filter"]
