// The address carries what is shown, so that a view can be kept and sent.
function remember() {
  const parts = new URLSearchParams();
  if (state.selected) parts.set("node", state.selected);
  if (state.hidden.size) parts.set("hide", [...state.hidden].join(" "));
  if (state.hiddenRelations.size) parts.set("without", [...state.hiddenRelations].join(" "));
  if (state.layout !== "columns") parts.set("layout", state.layout);
  if (state.lang !== DATA.lang) parts.set("lang", state.lang);
  history.replaceState(null, "", parts.size ? `#${parts}` : location.pathname + location.search);
}

function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const known = (key, names) => new Set((parts.get(key) ?? "").split(" ").filter((one) => names.has(one)));
  state.hidden = known("hide", KINDS);
  state.hiddenRelations = known("without", RELATIONS);
  state.layout = parts.get("layout") === "network" ? "network" : "columns";
  if (parts.get("lang") in DATA.words) state.lang = parts.get("lang");
  return NODES.has(parts.get("node")) ? parts.get("node") : null;
}

const first = recall();
