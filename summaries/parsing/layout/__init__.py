"""How a text is laid out: blocks, sections, quotations and who speaks them, sentences, links."""
