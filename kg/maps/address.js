// The address carries what is shown, so that a view can be kept and sent.
function remember() {
  // Inside a notebook the page has no address of its own.
  if (location.protocol === "about:") return;
  const parts = new URLSearchParams();
  if (state.selected) parts.set("node", state.selected);
  if (state.hidden.size) parts.set("hide", [...state.hidden].join(" "));
  if (state.hiddenRelations.size) parts.set("without", [...state.hiddenRelations].join(" "));
  if (state.layout !== DATA.layout) parts.set("layout", state.layout);
  if (state.measure !== MEASURES[0]) parts.set("size", state.measure);
  if (state.years) parts.set("years", state.years.join("-"));
  if (state.hops > 1) parts.set("hops", state.hops);
  if (state.from) parts.set("from", state.from);
  if (state.open.size) parts.set("open", [...state.open].join(" "));
  if (!tableBox.hidden) parts.set("table", state.all ? "all" : "shown");
  if (state.dark !== DARK.matches) parts.set("dark", Number(state.dark));
  if (state.lang !== DATA.lang) parts.set("lang", state.lang);
  history.replaceState(null, "", parts.size ? `#${parts}` : location.pathname + location.search);
}

function yearsIn(text) {
  const [from, to] = (/^(\d{4})-(\d{4})$/.exec(text ?? "") ?? []).slice(1).map(Number);
  return from <= to && YEARS.length > 1 ? [Math.max(from, YEARS[0]), Math.min(to, YEARS.at(-1))] : null;
}

function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const known = (key, names) => new Set((parts.get(key) ?? "").split(" ").filter((one) => names.has(one)));
  state.hidden = known("hide", KINDS);
  state.hiddenRelations = known("without", RELATIONS);
  const oneOf = (key, names) => (names.includes(parts.get(key)) ? parts.get(key) : names[0]);
  state.layout = oneOf("layout", [DATA.layout, ...LAYOUTS]);
  state.measure = oneOf("size", MEASURES);
  state.years = yearsIn(parts.get("years"));
  state.hops = Number(oneOf("hops", ["1", "2", "3"]));
  state.dark = { 0: false, 1: true }[parts.get("dark")] ?? DARK.matches;
  if (parts.get("lang") in DATA.words) state.lang = parts.get("lang");
  state.all = parts.get("table") === "all";
  return { node: parts.get("node"), from: parts.get("from"), open: [...known("open", PARTS)], table: parts.has("table") };
}

const first = recall();
