// Search by name, pinyin, initials, and the words of the texts.
const query = byId("query"), hits = byId("hits");
const MOST_HITS = 14;
let results = [], current = 0;

function score(node, text) {
  const name = `${labelOf(node)}\n${node.full ?? ""}\n${node.label}`.toLowerCase(), at = name.indexOf(text);
  if (at === 0) return 6;
  if (at > 0) return 5;
  if (node.initials.startsWith(text)) return 4;
  if (node.pinyin.startsWith(text)) return 3.5;
  if (text.length > 1 && (node.initials.includes(text) || node.pinyin.includes(text))) return 3;
  return (node.src ?? []).some(([number]) => DATA.sentences[number][1].toLowerCase().includes(text)) ? 1 : 0;
}

function find(text) {
  const wanted = text.trim().toLowerCase().replace(/['\s]+/g, "");
  if (!wanted) return [];
  const scored = [...DATA.nodes, ...foldedNodes()].map((node) => ({ node, score: score(node, wanted) })).filter((hit) => hit.score);
  return scored.sort((a, b) => b.score - a.score || RANK[b.node.kind] - RANK[a.node.kind] || linesOf(b.node.id) - linesOf(a.node.id));
}

function hitRow(hit, number) {
  const name = fullName(hit.node), text = query.value.trim(), at = name.toLowerCase().indexOf(text.toLowerCase());
  const words = at < 0 ? [name] : [name.slice(0, at), element("mark", {}, name.slice(at, at + text.length)), name.slice(at + text.length)];
  return element("li", { role: "option", id: `hit${number}`, "aria-selected": number === current, onmousedown: (event) => { event.preventDefault(); take(number); } },
    glyph(hit.node.kind), element("span", {}, ...words, ...whereFolded(hit.node)), element("small", {}, hit.score > 1 ? kindName(hit.node) : word("in_text")));
}

const whereFolded = ({ id }) => (NODES.has(id) ? [] : [element("span", { className: "within" }, word("within", { label: holderName(id) }))]);

const remark = (key, values) => element("li", { className: "none", role: "option", "aria-disabled": true }, word(key, values));

// What is folded is looked into from the first question on; what was found elsewhere stands there meanwhile.
function suggest() {
  const asked = query.value.trim(), found = find(asked);
  results = found.slice(0, MOST_HITS);
  current = 0;
  hits.replaceChildren(...results.map(hitRow), ...(asked ? remarks(found.length) : []));
  openHits(hits.childElementCount > 0);
  if (asked && !allUnpacked) unpackAll().then(() => document.activeElement === query && suggest());
}

function* remarks(found) {
  if (!allUnpacked) yield remark("looking");
  else if (!found) yield remark("nothing");
  if (found > MOST_HITS) yield remark("more", { n: found - MOST_HITS });
  if (PARTS.size && !hasFolded) yield remark("unsearched");
  if (DATA.left_out) yield remark("left_out", { n: DATA.left_out });
}

function openHits(open) {
  hits.classList.toggle("open", open);
  query.setAttribute("aria-expanded", open);
  open && results.length ? query.setAttribute("aria-activedescendant", `hit${current}`) : query.removeAttribute("aria-activedescendant");
}

function take(number) {
  if (!results[number]) return;
  openHits(false);
  showTable(false);
  reveal(results[number].node.id);
  canvas.focus();
}

function step(by) {
  if (!results.length) return;
  current = (current + by + results.length) % results.length;
  [...hits.children].forEach((row, number) => row.setAttribute("aria-selected", number === current));
  hits.children[current].scrollIntoView({ block: "nearest" });
  query.setAttribute("aria-activedescendant", `hit${current}`);
}

query.addEventListener("input", (event) => event.isComposing || suggest());
query.addEventListener("compositionend", suggest);
query.addEventListener("focus", () => query.value && suggest());
query.addEventListener("blur", () => openHits(false));
query.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const act = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: () => take(current), Escape: () => { openHits(false); canvas.focus(); } }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
});
