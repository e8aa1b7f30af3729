"use strict";
// Filters, the way from finding to finding, and the notes laid out beside their words without overlapping.
(() => {
  const GAP = 8;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const notes = all(".note"), marks = all(".mark"), numbers = all(".number"), sheets = all(".sheet");
  const ranks = ["info", "warning", "violation"];
  const byName = new Map(notes.map((note) => [note.id, note]));
  const marksOf = new Map(notes.map((note) => [note.id, []]));
  for (const mark of marks) for (const name of mark.dataset.notes.split(" ")) marksOf.get(name).push(mark);
  const bar = document.getElementById("bar"), output = document.getElementById("shown");
  const none = document.getElementById("none");
  const wide = matchMedia("(min-width: 1000px)"), calm = matchMedia("(prefers-reduced-motion: reduce)");
  const off = { severity: new Set(), family: new Set() };
  let active = null;

  const isShown = (note) => !note.hidden;
  const shown = () => notes.filter(isShown);

  function filter() {
    for (const note of notes) note.hidden = off.severity.has(note.dataset.severity) || off.family.has(note.dataset.family);
    for (const mark of marks) paint(mark);
    for (const number of numbers) number.hidden = !isShown(byName.get(number.dataset.note));
    if (active && !isShown(active)) activate(null);
    tell();
    layOut();
  }

  function paint(mark) {
    const left = mark.dataset.notes.split(" ").map((name) => byName.get(name)).filter(isShown);
    const rank = Math.max(-1, ...left.map((note) => ranks.indexOf(note.dataset.severity)));
    mark.classList.remove(...ranks);
    mark.classList.toggle("off", rank < 0);
    mark.tabIndex = rank < 0 ? -1 : 0;
    if (rank >= 0) mark.classList.add(ranks[rank]);
  }

  function tell() {
    const left = shown();
    none.hidden = left.length > 0 || !notes.length;
    const text = bar.dataset.shown.replace("{shown}", left.length).replace("{total}", notes.length);
    output.textContent = active ? `${left.indexOf(active) + 1} / ${left.length}` : text;
  }

  function activate(note) {
    if (active) for (const one of [active, ...marksOf.get(active.id)]) one.classList.remove("active");
    active = note;
    if (note) for (const one of [note, ...marksOf.get(note.id)]) one.classList.add("active");
    tell();
    layOut();
  }

  function go(note) {
    note.focus({ preventScroll: true });
    activate(note);
    scrollTo({ top: middle(note) - innerHeight / 2, behavior: calm.matches ? "auto" : "smooth" });
  }

  // The middle of a note and its words, or of the note where both do not fit the screen; a note may be on its way.
  function middle(note) {
    const own = note.getBoundingClientRect(), sheet = note.closest(".sheet").getBoundingClientRect().top;
    const top = note.style.top ? sheet + parseFloat(note.style.top) : own.top;
    const [first, last] = [Math.min(top, topOf(note)), Math.max(top + own.height, topOf(note))];
    const fits = last - first < innerHeight - 2 * bar.offsetHeight;
    return scrollY + (fits ? (first + last) / 2 : top + own.height / 2);
  }

  function step(by) {
    const left = shown();
    if (!left.length) return;
    const at = active ? left.indexOf(active) : nearest(left, by);
    go(left[(at + by + left.length) % left.length]);
  }

  // With none chosen yet the way begins at what is on the screen.
  function nearest(left, by) {
    const first = left.findIndex((note) => topOf(note) > bar.getBoundingClientRect().bottom);
    return by > 0 ? (first < 0 ? -1 : first - 1) : (first < 0 ? 0 : first);
  }

  const topOf = (note) => (marksOf.get(note.id)[0] || note).getClientRects()[0]?.top ?? 0;

  // Each note beside its words, or below the one before it. The active one has its place; those above make way.
  function layOut() {
    document.body.classList.toggle("laid", wide.matches);
    for (const sheet of sheets) wide.matches ? layOutSheet(sheet) : release(sheet);
  }

  function layOutSheet(sheet) {
    const own = all(".note", sheet).filter(isShown), origin = sheet.getBoundingClientRect().top;
    const wished = own.map((note) => Math.max(GAP, topOf(note) - origin - 6));
    const heights = own.map((note) => note.offsetHeight);
    const tops = placed(wished, heights, own.indexOf(active));
    own.forEach((note, n) => { note.style.top = `${tops[n]}px`; });
    const end = own.length ? tops.at(-1) + heights.at(-1) + 2 * GAP : 0;
    sheet.style.minHeight = `${Math.ceil(end)}px`;
  }

  function placed(wished, heights, fixed) {
    const tops = [];
    let floor = GAP;
    wished.forEach((wish, n) => { tops.push(Math.max(wish, floor)); floor = tops[n] + heights[n] + GAP; });
    if (fixed < 0) return tops;
    const room = heights.slice(0, fixed).reduce((sum, height) => sum + height + GAP, GAP);
    tops[fixed] = Math.max(wished[fixed], room);
    for (let n = fixed - 1; n >= 0; n -= 1) tops[n] = Math.min(tops[n], tops[n + 1] - GAP - heights[n]);
    for (let n = fixed + 1; n < tops.length; n += 1) tops[n] = Math.max(wished[n], tops[n - 1] + heights[n - 1] + GAP);
    return tops;
  }

  function release(sheet) {
    sheet.style.minHeight = "";
    for (const note of all(".note", sheet)) note.style.top = "";
  }

  for (const chip of all(".chip", bar)) {
    const [kind, value] = Object.entries(chip.dataset)[0];
    chip.addEventListener("click", () => {
      const on = chip.getAttribute("aria-pressed") !== "true";
      chip.setAttribute("aria-pressed", String(on));
      on ? off[kind].delete(value) : off[kind].add(value);
      filter();
    });
  }
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));

  for (const mark of marks) {
    mark.addEventListener("click", (event) => {
      event.preventDefault();
      const left = mark.dataset.notes.split(" ").map((name) => byName.get(name)).filter(isShown);
      if (!left.length) return;
      const aim = left.find((note) => `#${note.id}` === mark.getAttribute("href")) || left[0];
      go(active && left.includes(active) ? left[(left.indexOf(active) + 1) % left.length] : aim);
    });
  }
  for (const note of notes) {
    note.addEventListener("click", (event) => {
      if (event.target.closest("a")) event.preventDefault();
      if (!event.target.closest("details") && !String(getSelection())) go(note);
    });
    note.querySelector("details").addEventListener("toggle", layOut);
  }

  const KEYS = { j: 1, n: 1, ArrowRight: 1, k: -1, p: -1, ArrowLeft: -1 };
  const WITHIN = { ArrowDown: 1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = KEYS[event.key] || (active && document.activeElement === active ? WITHIN[event.key] : 0);
    if (by) {
      event.preventDefault();
      step(by);
    } else if (event.key === "Escape") {
      activate(null);
    } else if (event.key === "Enter" && document.activeElement === active && active) {
      const details = active.querySelector("details");
      details.open = !details.open;
      layOut();
    }
  });

  bar.hidden = document.getElementById("keys").hidden = !notes.length;
  filter();
  addEventListener("resize", layOut);
  document.fonts?.ready.then(layOut);
  const asked = byName.get(decodeURIComponent(location.hash.slice(1)));
  if (asked) go(asked);
})();
