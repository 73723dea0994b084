"""Grades set side by side: who holds which, how they compare, how they came. Nothing is ranked across scales."""
