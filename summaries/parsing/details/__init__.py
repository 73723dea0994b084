"""What else a release says: findings, statements, counts, monitoring, reports, topics."""
