"""A web page to its release as Markdown: the content chosen, the title put first, what the page says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from summaries.media.document import Page
from summaries.media.furniture import heads_furniture, is_furniture_line, site_names
from summaries.media.html_blocks import Block, BlockKind, read_blocks
from summaries.media.hygiene import clean
from summaries.media.links import absolute, without_fragment
from summaries.media.stated_date import stated_date
from summaries.types import PublishedBasis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

# Where the content of a page is, the surest first.
_CONTENT = (
    "main, [role=main]",
    "#main-content, #maincontent, #main, #content",
    "article",
    ".entry-content, .post-content, .article-content, .article-body, .page-content",
    "body",
)
_ENOUGH = 200  # characters of a content; less may be an empty shell
_NO_FORMATTING = re.compile(
    r"<(/?)(?:b|big|code|em|font|i|nobr|s(?!pan)|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)
_WITHDRAWN = re.compile(r"<(/?)(?:s|strike)(?=[\s/>])", re.IGNORECASE)
_SITE_BREAK = re.compile(r"\s(?:[|–—»·-]|::)\s")
_BEFORE_TITLE = re.compile(r"\b(?:consult(?:ing|ation)|cookies?)\b", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\s]*\)")


def read_page(markup: str, location: str | None = None) -> Page:
    """The one page of an HTML document. `location` is where it came from, which its links may be relative to.

    Raises UnreadableRelease when the page holds no words.
    """
    tree = LexborHTMLParser(_without_formatting(markup))
    stated = _stated_address(tree, location)
    base = _base(tree, stated or absolute(location, None))
    content, blocks = _content(tree, base)
    published_on = stated_date(tree, content)
    return Page(
        text=clean(to_markdown(_titled(tree, blocks))),
        url=stated,
        published_on=published_on,
        published_basis=PublishedBasis.STATED if published_on else None,
    )


def read_fragment(markup: str, base: str | None) -> str:
    """A piece of HTML, such as the content of a feed's entry, as Markdown; empty when it holds nothing."""
    body = LexborHTMLParser(_without_formatting(markup)).body
    return to_markdown(_without_furniture(read_blocks(body, base))) if body else ""


def to_markdown(blocks: list[Block]) -> str:
    """Blocks with an empty line between them, but items of a list on lines that follow each other."""
    text: list[str] = []
    for at, block in enumerate(blocks):
        if at:
            together = block.kind is BlockKind.ITEM and blocks[at - 1].kind is BlockKind.ITEM
            text.append("\n" if together else "\n\n")
        text.append(block.mark + block.text)
    return "".join(text)


def _without_formatting(markup: str) -> str:
    """Formatting elements renamed to plain ones. An HTML parser must open each that was left unclosed again in every
    paragraph after it, so that a few kilobytes of them can fill the memory; and we print none of them."""
    return _NO_FORMATTING.sub(r"<\1span", _WITHDRAWN.sub(r"<\1del", markup))


def _content(tree: LexborHTMLParser, base: str | None) -> tuple[LexborNode | None, list[Block]]:
    """The first likely content with enough words, else the one with the most."""
    best: tuple[LexborNode | None, list[Block]] = (None, [])
    most = -1
    for node in _candidates(tree):
        blocks = _without_furniture(read_blocks(node, base))
        length = sum(len(block.text) for block in blocks)
        if length > most:
            best, most = (node, blocks), length
        if length >= _ENOUGH:
            break
    return best


def _candidates(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """One element for each way to name the content; several articles side by side are a list, not a release."""
    for selector in _CONTENT:
        found = tree.css(selector)
        titled = [node for node in found if node.css_first("h1") is not None]
        if len(titled) == 1 or (titled and selector != "article"):
            yield titled[0]
        elif len(found) == 1 or (found and selector != "article"):
            yield found[0]


def _without_furniture(blocks: list[Block]) -> list[Block]:
    """Leave out lines and sections that are furniture, banners above the title, and headings said twice in a row."""
    kept: list[Block] = []
    within = 0  # the level of the heading whose section is left out
    for block in blocks:
        words = _words(block)
        level = len(block.mark.strip()) if block.kind is BlockKind.HEADING else 0
        if level and (not within or level <= within):
            within = level if heads_furniture(words) else 0
        if within or is_furniture_line(words):
            continue
        if level == 1 and not any(_is_title(seen) for seen in kept):
            kept = [seen for seen in kept if not _BEFORE_TITLE.search(seen.text)]
        if level and kept and kept[-1].kind is BlockKind.HEADING and _same(_words(kept[-1]), words):
            continue
        kept.append(block)
    return kept


def _titled(tree: LexborHTMLParser, blocks: list[Block]) -> list[Block]:
    """The blocks, with the title of the page first if none of them is it."""
    if any(_is_title(block) for block in blocks):
        return blocks
    title = next(_titles(tree), None)
    if title is None or any(_same(_words(block), title) for block in blocks[:12]):
        return blocks
    return [Block(BlockKind.HEADING, title, "# "), *blocks]


def _titles(tree: LexborHTMLParser) -> Iterator[str]:
    """What the page may be called, the surest first: a heading that is not the site's name, else its `<title>`."""
    site = _site(tree)
    for node in tree.css("h1")[:4]:
        heading = " ".join(block.text for block in read_blocks(node, None))
        if heading and heading.casefold() not in site_names() | {site}:
            yield heading
    open_graph, title = tree.css_first('meta[property="og:title"]'), tree.css_first("head > title")
    for named in (open_graph and open_graph.attributes.get("content"), title and title.text()):
        if words := _without_site(" ".join((named or "").split()), site):
            yield words


def _without_site(title: str, site: str) -> str:
    breaks = list(_SITE_BREAK.finditer(title[:1000]))
    if not breaks:
        return "" if title.casefold() in site_names() | {site} else title
    last = title[breaks[-1].end() :].strip().casefold()
    return title[: breaks[-1].start()].strip() if last in site_names() | {site} else title


def _site(tree: LexborHTMLParser) -> str:
    node = tree.css_first('meta[property="og:site_name"]')
    return ((node and node.attributes.get("content")) or "").strip().casefold()


def _stated_address(tree: LexborHTMLParser, location: str | None) -> str | None:
    for selector, name in (('link[rel~="canonical"]', "href"), ('meta[property="og:url"]', "content")):
        node = tree.css_first(selector)
        address = node and absolute(node.attributes.get(name), absolute(location, None))
        if address:
            return without_fragment(address)
    return None


def _base(tree: LexborHTMLParser, address: str | None) -> str | None:
    node = tree.css_first("base[href]")
    return (node and absolute(node.attributes.get("href"), address)) or address


def _is_title(block: Block) -> bool:
    return block.mark == "# "


def _words(block: Block) -> str:
    return _LINK.sub(r"\1", block.text)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
