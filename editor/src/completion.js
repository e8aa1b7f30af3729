// What may stand at the cursor: keywords, names by prefix, the variables of the query, prefixes to declare.
import { snippetCompletion } from "@codemirror/autocomplete";

const KEYWORDS = (
  "SELECT DISTINCT REDUCED ASK CONSTRUCT DESCRIBE WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND VALUES AS " +
  "ORDER GROUP BY HAVING LIMIT OFFSET ASC DESC EXISTS NOT IN UNDEF PREFIX BASE COUNT SUM MIN MAX AVG SAMPLE " +
  "GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI COALESCE IF STRLEN SUBSTR UCASE LCASE STRSTARTS STRENDS " +
  "CONTAINS STRBEFORE STRAFTER CONCAT REPLACE REGEX ABS ROUND CEIL FLOOR YEAR MONTH DAY NOW isIRI isLITERAL isNUMERIC"
).split(" ");

export function completions({ prefixes, terms }) {
  const keywords = KEYWORDS.map((label) => ({ label, type: "keyword" }));
  const named = Object.entries(prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, type: "namespace" }));
  const known = terms.map((term) => ({ ...term, type: /:[A-Z]/.test(term.label) ? "class" : "property" }));
  const patterns = [
    snippetCompletion("SELECT * WHERE {\n  ${}\n} LIMIT 100", { label: "select…", type: "text" }),
    snippetCompletion("OPTIONAL { ${} }", { label: "optional…", type: "text" }),
  ];

  return (context) => {
    const word = context.matchBefore(/[?$]?[\w:.-]*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    if (/^[?$]/.test(word.text)) {
      const names = new Set(context.state.doc.toString().match(/[?$]\w+/g));
      names.delete(word.text);
      return { from: word.from, options: [...names].map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }
    const options = word.text.includes(":") ? known : [...patterns, ...keywords, ...named, ...known];
    return { from: word.from, options, validFor: /^[\w:.-]*$/ };
  };
}

