"""Every grade a release gives or recalls, by evidence."""
