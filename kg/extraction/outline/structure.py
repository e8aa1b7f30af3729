"""Which numbered headings are work items, which are sections above them, and what measures an item lists.

The unit of work is the lowest numbered heading that carries a work statement of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from heapq import merge
from typing import NamedTuple

from yaodian.extraction.outline import Outline
from yaodian.extraction.outline.ends import ends_of
from yaodian.extraction.outline.headings import names_part, states_work
from yaodian.extraction.outline.labels import IN_WORDS, Label, Style, labels_in, starts_line
from yaodian.extraction.outline.nodes import Node
from yaodian.extraction.outline.parts import Parts
from yaodian.extraction.outline.purpose import is_guidance, is_situation
from yaodian.model import Document, Item, Measure, Section
from yaodian.ontology import lexicon
from yaodian.patterns import compiled

HEADED_SHARE = 0.6
LONGEST_HEADING = 60
LONGEST_LEAD_IN = 60
SHORTEST_STATEMENT = 4
_ITEM_STYLES = (
    Style.DECIMAL,
    Style.ARABIC,
    Style.HAN_BRACKET,
    Style.ARABIC_BRACKET,
    Style.CIRCLED,
    Style.SECTION,
    Style.ASPECT,
    Style.HAN_COMMA,
    Style.CHAPTER,
)
_LIST_STYLES = (Style.ORDINAL, Style.SHI, Style.HEADED, Style.DASH)
_LINE = compiled(r"\S[^\n]*")
_BRACKETED = (Style.HAN_BRACKET, Style.ARABIC_BRACKET)


@dataclass(frozen=True, slots=True)
class Structure:
    """The sections and items of a document."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]


def structure(document: Document, outline: Outline, parts: Parts) -> Structure:
    """Sections and items, with spans, ids, parts and measures."""
    _set_free(outline.nodes, parts)
    item_nodes = list(_item_nodes(document.text, outline))
    headings = sorted([*outline.nodes, *outline.categories], key=lambda node: node.start)
    sections = _sections(document, headings, item_nodes, parts)
    ids = {node.start: section.id for node, section in sections}
    items = _items(document, item_nodes, parts, ids, outline.labels)
    return Structure(tuple(section for _, section in sections), tuple(items))


def _set_free(nodes: Sequence[Node], parts: Parts) -> None:
    """Take the headings of a plan out of the last heading of the report before it: that is not above them."""
    for node in nodes:
        if node.parent is not None and parts.at(node.parent.start) != parts.at(node.start):
            node.parent = None
    for node in nodes:
        node.children = [child for child in node.children if child.parent is node]


def _item_nodes(text: str, outline: Outline) -> Iterator[Node]:
    nodes, rows = outline.nodes, outline.rows
    roots = [n for n in nodes if n.parent is None]
    working = [r for r in roots if not (is_guidance(text, r) or is_situation(text, r))]
    dashes = not any(n.style is not Style.DASH for root in working for n in _descendants(root))
    styles = _LIST_STYLES if dashes else _LIST_STYLES[:-1]
    listed = {style: [n for n in nodes if n.style is style and n.parent is not None] for style in styles}
    most = _most_list(text, roots)
    habit = _Habit(styles, {style for style in styles if most and _are_titled(text, listed[style])})
    chosen: set[int] = set()
    for root in roots:
        chosen.update(n.start for n in _items_below(text, root, habit))
    above_rows = {above.start for row in rows for above in row.ancestors()}
    chosen.update([n.start for n in _left_over(text, nodes, roots, chosen)])
    # Where tables list the work, 一要…二要… around them only speaks of it.
    heads = [root for root in roots if not rows or root.style < Style.ORDINAL]
    chosen.update(n.start for n in _leaf_roots(text, heads, chosen | above_rows, bare=not (chosen or rows)))
    chosen -= above_rows
    return merge((n for n in nodes if n.start in chosen), rows, key=lambda node: node.start)


def _left_over(text: str, nodes: Sequence[Node], roots: Sequence[Node], chosen: Set[int]) -> Iterator[Node]:
    """Below top headings that have neither become items nor got any: what has the style of the items elsewhere."""
    used = {n.style for n in nodes if n.start in chosen}
    for root in roots:
        below = [n for n in _descendants(root) if not is_guidance(text, n)]
        if root.start not in chosen and not any(n.start in chosen for n in below):
            styles = {n.style for n in below} & used
            style = next((style for style in (*_ITEM_STYLES, *_LIST_STYLES) if style in styles), None)
            yield from (n for n in below if n.style is style)


class _Habit(NamedTuple):
    """How a document lists work without the usual numbers: in which styles; in which of them most of its headings do.

    Dashes only part paragraphs where anything is numbered.
    """

    styles: tuple[Style, ...]
    titled: Set[Style]


def _items_below(text: str, root: Node, habit: _Habit) -> list[Node]:
    if root.style >= Style.ORDINAL:
        return []
    if aspects := [n for n in root.children if n.style is Style.ASPECT]:
        # Speeches number the work of each of these in a way of its own, or not at all.
        return [n for a in aspects for n in _items_below(text, a, habit) or filter(_headed, [a])]
    below = [n for n in _descendants(root) if not is_guidance(text, n)]
    if is_situation(text, root):
        below = [n for n in below if n.style < Style.ORDINAL]
    style = _item_style(text, root, below, habit)
    if style is None:
        return []
    lowest = [n for n in below if n.style is style]
    chosen = {id(n) for n in lowest}
    parents = {id(n.parent) for n in lowest if n.parent is not root}
    siblings = {id(p.parent) for p in below if id(p) in parents}
    leaves = [n for n in below if n.style < style and id(n.parent) in siblings and id(n) not in parents]
    leaves = [n for n in leaves if not any(id(c) in chosen for c in n.children) and _headed(n)]
    return lowest + [item for n in leaves for item in _listed(n) or [n]]


def _listed(node: Node) -> list[Node]:
    """The work that a heading beside numbered ones lists without numbers: 一是要补人。…"""
    listed = [child for child in node.children if child.style in IN_WORDS]
    return listed if len(listed) > 1 and all(map(_headed, listed)) else []


def _item_style(text: str, root: Node, below: Sequence[Node], habit: _Habit) -> Style | None:
    """The style of the items below a top heading."""
    for style in _ITEM_STYLES:
        same = [n for n in below if n.style is style]
        stated = style in (Style.CIRCLED, Style.ARABIC_BRACKET) and not _are_titled(text, same)
        # What stands below an item with words of its own (1.推进建设。…⏎1.1 …) is a measure of it.
        stated = stated or (style is Style.DECIMAL and not all(n.parent and n.parent.heading.own_line for n in same))
        if same and sum(map(_headed, same)) >= HEADED_SHARE * len(same) and not stated:
            return style
    for style in habit.styles:
        same = [n for n in below if n.style is style]
        lists = style in habit.titled and root.style < Style.ARABIC and len(same) > 1
        if same and (lists or _names_part(text, root) or _is_nothing_but(text, root, same)):
            return style
    # A heading that only names the part cannot be the item itself: bare statements below it are.
    bare = (style for style in _ITEM_STYLES if _names_part(text, root) and any(n.style is style for n in below))
    return next(bare, None)


def _are_titled(text: str, listed: Sequence[Node]) -> bool:
    """Whether most of a list have headings: what begins with a clause that states the work itself is a measure."""
    titled = [n for n in listed if _headed(n) and text[n.heading.end : n.heading.end + 1] not in ("；", ";")]
    titled = [n for n in titled if not states_work(text[n.heading.start : n.heading.end])]
    return len(listed) > 1 and len(titled) >= HEADED_SHARE * len(listed)


def _is_nothing_but(text: str, root: Node, listed: Sequence[Node]) -> bool:
    """Whether a heading says nothing itself: a list of paragraphs stands below its line, each with a heading.

    A sentence that leads to the list may stand between.
    """
    between = text[root.heading.end : listed[0].start].strip(" 。：:\n\t\u3000")
    leads = len(between) <= LONGEST_LEAD_IN and "\n" not in between and "。" not in between
    paragraphs = all(starts_line(text, node.start) for node in listed)
    return root.heading.own_line and leads and paragraphs and len(listed) > 2 and all(map(_headed, listed))


def _most_list(text: str, roots: Sequence[Node]) -> bool:
    """Whether most top headings of work list it, each in its own way, and some without the usual numbers."""
    working = [
        r
        for r in roots
        if not (is_guidance(text, r) or is_situation(text, r) or (_names_part(text, r) and not r.children))
    ]
    listing = [(r.style, {child.style for child in r.children if child.style is not Style.DASH}) for r in working]
    alike = {style for style, styles in listing if styles}
    found = [styles for style, styles in listing if style in alike]
    return 2 * sum(map(bool, found)) > len(found) and any(styles & set(_LIST_STYLES) for styles in found)


def _leaf_roots(text: str, roots: Sequence[Node], chosen: Set[int], *, bare: bool) -> list[Node]:
    """Top headings without items below that are work items themselves, because such is this document's habit.

    The bare ones among them are items too: a statement in one line. With ``bare`` all may be such.
    """
    working = [r for r in roots if not (r.tabled or is_guidance(text, r))]
    working = [r for r in working if r.style >= Style.ARABIC or not _names_part(text, r)]
    working = [r for r in working if not is_situation(text, r) and (bare or not _frames(text, r))]
    working = [r for r in working if not r.children or not all(is_guidance(text, child) for child in r.children)]
    leaves = [r for r in working if not any(n.start in chosen for n in (r, *_descendants(r)))]
    # A heading with nothing below it but the next (第一篇 总则⏎第一章 …) says nothing of the habit.
    by_style = Counter(r.style for r in roots if (r.children or _headed(r)) and not is_guidance(text, r))
    headed = Counter(r.style for r in leaves if _headed(r))
    usual = [r for r in leaves if 3 * headed[r.style] > by_style[r.style] and (_headed(r) or _is_statement(r))]
    usual = usual or _bare_between(text, working, leaves)
    if usual or not bare:
        return usual
    return [r for r in leaves if _is_statement(r)]


def _is_statement(node: Node) -> bool:
    """Whether a heading may state work in its one line; that of a chapter only names what follows."""
    return node.style > Style.SECTION and not node.children


def _bare_between(text: str, roots: Sequence[Node], leaves: Sequence[Node]) -> list[Node]:
    """The leaves that state work in figures, each between two headings of its style with items below."""
    bare = {id(leaf) for leaf in leaves}
    between = zip(roots, roots[1:], roots[2:], strict=False)
    return [
        node
        for before, node, after in between
        if id(node) in bare
        and not {id(before), id(after)} & bare
        and before.style is node.style is after.style
        and (before.ordinal or 0) < (node.ordinal or 0) < (after.ordinal or 0)
        and _headed(node)
        and states_work(text[node.heading.end : node.end])
    ]


def _descendants(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _descendants(child)


def _headed(node: Node) -> bool:
    """Whether the node has both a heading and words of its own behind it."""
    length = node.heading.end - node.heading.start
    return not node.tabled and length <= LONGEST_HEADING and node.end - node.heading.end >= SHORTEST_STATEMENT


def _names_part(text: str, node: Node) -> bool:
    return names_part(text[node.heading.start : node.heading.end])


def _frames(text: str, node: Node) -> bool:
    """Whether a heading is that of what work needs besides (组织保障): no work where the document has other."""
    return compiled(lexicon("outline")["frames"]).fullmatch(text, node.heading.start, node.heading.end) is not None


def _sections(
    document: Document, nodes: Sequence[Node], items: Sequence[Node], parts: Parts
) -> list[tuple[Node, Section]]:
    inside = {id(n) for item in items for n in (item, *_descendants(item))}
    found: list[tuple[Node, Section]] = []
    ids: dict[int, str] = {}
    for node in nodes:
        if id(node) in inside or node.style >= Style.ARABIC:
            continue
        ids[id(node)] = str(len(found) + 1)
        parent = next((ids[id(a)] for a in node.ancestors() if id(a) in ids), None)
        found.append((node, _section(document, node, ids[id(node)], parent, parts)))
    return found


def _section(document: Document, node: Node, section_id: str, parent: str | None, parts: Parts) -> Section:
    start, end = node.start, node.heading.end
    return Section(
        id=section_id,
        label=_printed(node, node.name),
        printed_label=_printed(node, node.printed) if node.printed else "",
        ordinal=node.ordinal,
        level=len(list(node.ancestors())) + 1,
        heading=document.text[node.heading.start : end],
        span=document.span(start, end),
        part=parts.at(start),
        parent=parent,
    )


def _printed(node: Node, name: str) -> str:
    return f"({name})" if node.style in _BRACKETED else name


def _items(
    document: Document, chosen: Sequence[Node], parts: Parts, sections: dict[int, str], labels: Sequence[Label]
) -> list[Item]:
    ends = ends_of(document.text, chosen, parts)
    ids = _ids(chosen, parts)
    starts = [label.start for label in labels]
    found = []
    for node, item_id, end in zip(chosen, ids, ends, strict=True):
        inside = labels[bisect_left(starts, node.heading.end) : bisect_left(starts, end)]
        measures = _cells(document, node) if len(node.measures) > 1 else _measures(document, inside, end)
        found.append(_item(document, node, item_id, end, parts, sections, tuple(measures)))
    return found


def _item(
    document: Document,
    node: Node,
    item_id: str,
    end: int,
    parts: Parts,
    sections: dict[int, str],
    measures: tuple[Measure, ...],
) -> Item:
    heading = document.span(node.heading.start, node.heading.end)
    section = next((sections[a.start] for a in node.ancestors() if a.start in sections), None)
    return Item(
        id=item_id,
        label=node.name,
        ordinal=node.ordinal,
        heading=heading.quote,
        heading_span=heading,
        span=document.span(node.start, end),
        section=section,
        part=parts.at(node.start),
        measures=measures,
    )


def _ids(nodes: Sequence[Node], parts: Parts) -> list[str]:
    """p4, s12; a label that stands twice in a part gets a, b, …"""
    names = [f"{parts.at(n.start)[0]}{'' if n.style is Style.DASH else n.name}" for n in nodes]
    total, seen = Counter(names), Counter[str]()
    ids = []
    for name in names:
        ids.append(name + (_letters(seen[name]) if total[name] > 1 else ""))
        seen[name] += 1
    return ids


def _letters(n: int) -> str:
    return (_letters(n // 26 - 1) if n >= 26 else "") + chr(ord("a") + n % 26)


def _measures(document: Document, labels: Sequence[Label], end: int) -> Iterator[Measure]:
    """The outermost enumeration of an item's text: the first style that counts from one."""
    counting = {label.style for label in labels if label.ordinal == 2}
    style = next((label.style for label in labels if label.ordinal == 1 and label.style in counting), None)
    series = _series([label for label in labels if label.style is style])
    stops = [label.start for label in series[1:]] + [end]
    for label, stop in zip(series, stops, strict=False):
        words = document.text[label.start : stop].rstrip()
        yield Measure(
            label.name + ("是" if style is Style.SHI else ""),
            label.ordinal,
            document.span(label.start, label.start + len(words)),
        )


def _cells(document: Document, node: Node) -> Iterator[Measure]:
    """The measures of a table's task, one a cell."""
    for number, (start, end) in enumerate(node.measures, 1):
        label = next(iter(labels_in(document.text, start, end)), None)
        name, ordinal = (label.name, label.ordinal) if label and label.start == start else ("", number)
        yield Measure(name, ordinal, document.span(start, end))


def _series(labels: Sequence[Label]) -> list[Label]:
    """The labels of one style that are of a rising series, not stray numbers."""
    found: list[Label] = []
    before: set[int | None] = set()
    for label in labels:
        if label.ordinal is not None and _carries_on(label.ordinal, before, label.style):
            found.append(label)
        before.add(label.ordinal)
    return found


def _carries_on(ordinal: int, before: Set[int | None], style: Style) -> bool:
    # 四是 after 二是 is a slip in the numbering and still a measure; a number that jumps is not.
    return ordinal == 1 or ordinal - 1 in before or (style is Style.SHI and ordinal - 2 in before)
