// An answer as a table, or as text. Everything comes in as text nodes: no word of a document is ever markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function table(answer, { prefixes, shown, words }) {
  const columns = answer.head.vars;
  const solutions = answer.results.bindings;
  if (!solutions.length) return [element("p", {}, words.none)];
  const counted = (solutions.length > shown ? words.first : words.count)
    .replace("{count}", solutions.length).replace("{shown}", shown);
  const head = element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name)));
  const rows = solutions.slice(0, shown).map((solution) =>
    element("tr", {}, ...columns.map((name) => cell(solution[name], prefixes))));
  const whole = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  const label = { class: "scroll", tabindex: "0", role: "region", "aria-label": words.result };
  return [element("p", { class: "lead" }, counted), element("div", label, whole)];
}

function cell(term, prefixes) {
  if (!term) return element("td");
  if (term.type === "uri") {
    const href = `/thing?iri=${encodeURIComponent(term.value)}`;
    return element("td", {}, element("a", { href, title: term.value }, shortened(term.value, prefixes)));
  }
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return element("td", {}, [subject, predicate, object].map((part) => String(part.value)).join(" "));
  }
  const number = /#(integer|decimal|double)$/.test(term.datatype ?? "");
  return element("td", number ? { class: "number" } : term["xml:lang"] ? { lang: term["xml:lang"] } : {}, term.value);
}

function shortened(iri, prefixes) {
  const fitting = Object.entries(prefixes).filter(([, namespace]) => iri.startsWith(namespace));
  if (!fitting.length) return iri;
  const [prefix, namespace] = fitting.reduce((a, b) => (b[1].length > a[1].length ? b : a));
  return `${prefix}:${iri.slice(namespace.length)}`;
}
