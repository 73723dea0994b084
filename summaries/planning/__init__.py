"""What digests hold, and how it is written down to be posted: the parts of `summaries.digests`."""
