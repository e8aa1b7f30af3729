// The years whose plans are shown: two sliders, the first year and the last.
function setYears(from, to) {
  state.years = from === YEARS[0] && to === YEARS.at(-1) ? null : [Math.min(from, to), Math.max(from, to)];
  paint();
  fillLegend();
  fillPanel();
  if (!tableBox.hidden) fillTable();
  remember();
}

function slider(place, key) {
  const range = () => [...(state.years ?? [YEARS[0], YEARS.at(-1)])];
  const moved = (event) => {
    const wanted = range();
    wanted[place] = Number(event.target.value);
    setYears(...(wanted[0] > wanted[1] ? [wanted[place], wanted[place]] : wanted));
  };
  return element("label", {}, element("span", {}, word(key)),
    element("input", { type: "range", min: YEARS[0], max: YEARS.at(-1), step: 1, value: range()[place], id: `year-${key}`, oninput: moved }),
    element("output", {}, String(range()[place])));
}

// The sliders stay the elements they are while one of them is moved: only what they say changes.
function fillYears() {
  const box = byId("years");
  box.parentElement.hidden = YEARS.length < 2;
  if (YEARS.length < 2) return;
  const fresh = [slider(0, "first_year"), slider(1, "last_year")];
  if (box.children.length !== 2) return box.replaceChildren(...fresh);
  [...box.children].forEach((old, i) => {
    old.children[0].textContent = fresh[i].children[0].textContent;
    old.children[1].value = fresh[i].children[1].value;
    old.children[2].textContent = fresh[i].children[2].textContent;
  });
}
