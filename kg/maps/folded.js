// What lies folded in the map, for the search, the table and addresses. It is unpacked when it is asked for first.
const FOLDED = new Map(); // of each node that lies in a part: what it is, its lines, and the part that holds it
let unpacking = null, allUnpacked = !hasFolded;

const unpackAll = () => (unpacking ??= lookIntoAll());
async function lookIntoAll() {
  for (const id of PARTS.keys()) {
    if (!unpacked.has(id)) await unpack(id);
    for (const node of unpacked.get(id).nodes) if (!FOLDED.has(node.id)) FOLDED.set(node.id, { node, holder: id, edges: [] });
  }
  // Lines that stand for what is folded further in are none of their own.
  for (const [id, { edges }] of unpacked)
    for (const edge of edges)
      if (edge.from === id || !PARTS.has(edge.from)) for (const end of [edge.from, edge.to]) FOLDED.get(end)?.edges.push(edge);
  allUnpacked = true;
}

const nodeOf = (id) => NODES.get(id) ?? FOLDED.get(id)?.node;
const foldedNow = () => DATA.folded - (DATA.nodes.length - BASE.nodes.length);
const foldedNodes = () => [...FOLDED.values()].map(({ node }) => node).filter((node) => !NODES.has(node.id));

// The nodes to open, the outermost first, until this one is there.
function chainTo(id) {
  const chain = [];
  for (let at = id; !NODES.has(at) && FOLDED.has(at); at = FOLDED.get(at).holder) chain.unshift(FOLDED.get(at).holder);
  return chain;
}

// Where it lies, in words: 甲市 2023年工作要点.
function holderName(id) {
  const [first, ...rest] = chainTo(id);
  return [planName(first), ...rest.map((one) => labelOf(nodeOf(one)))].join(" ");
}

const linesOf = (id) => (LINKS.get(id) ?? FOLDED.get(id).edges).length;

// How many relations a node has: of a folded one, those that would be drawn if all were open.
function relationsOf(node) {
  if (NODES.has(node.id)) return openLinks(node.id).length;
  const isThere = (edge) => [edge.from, edge.to].every((end) => isShown(nodeOf(end))) && !state.hiddenRelations.has(edge.relation);
  return FOLDED.get(node.id).edges.filter(isThere).length;
}

// Open what holds these, if they are there at all.
async function bringOut(ids) {
  if (ids.every((id) => NODES.has(id))) return;
  await unpackAll();
  for (const id of ids) {
    const chain = chainTo(id).filter((one) => !state.open.has(one));
    if (chain.length) await openOnly([...state.open, ...chain]);
  }
}

// Select a node wherever it is: what holds it opens, what hides it is shown.
const reveal = (id) => inTurn(async () => {
  const chain = chainTo(id).map((one) => fullName(nodeOf(one))), before = DATA.nodes.length;
  await bringOut([id]);
  const node = NODES.get(id);
  state.hidden.delete(node.kind);
  if (!inYears(node.years)) state.years = null;
  fillLegend();
  select(id, { follow: true });
  if (chain.length) byId("live").textContent = `${word("opened", { label: chain.at(-1), n: DATA.nodes.length - before })}${word("between")}${byId("live").textContent}`;
});
