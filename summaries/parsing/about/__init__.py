"""What a release is about: inspection, kind, bodies, dates, and the id that follows from them."""
