// Choosing many: all, none, who is chosen, and a filter by name. The chips themselves are plain checkboxes.
// Whoever is chosen is named above, and never lies in a closed fold: from there the chip moves up to the open ones.
const NAMED = 12;

function nameOf(box) {
  return box.closest(".chip").querySelector("span:last-of-type").firstChild.textContent.trim();
}

function lift(set) {
  for (const fold of set.querySelectorAll("details:not([open])")) {
    const chosen = [...fold.querySelectorAll(".chip")].filter((chip) => chip.querySelector(":checked"));
    if (!chosen.length) continue;
    set.querySelector(".chips").append(...chosen);
    const words = fold.querySelector("summary").firstChild;
    words.data = words.data.replace(/\d+/, (number) => number - chosen.length);
    fold.hidden = !fold.querySelector(".chip");
  }
}

function start(set) {
  if (set.dataset.picking) return;
  set.dataset.picking = "1";
  const boxes = [...set.querySelectorAll('.chips input[type="checkbox"]')];
  const shown = () => boxes.filter((box) => !box.closest(".chip").hidden);
  const count = () => {
    lift(set);
    const names = boxes.filter((box) => box.checked).map(nameOf);
    const told = names.slice(0, NAMED).join("、") + (names.length > NAMED ? "等" : "");
    set.querySelector("[data-pick-count]").textContent = names.length ? `已选${names.length}名：${told}` : "";
  };
  const all = (on) => {
    for (const box of shown()) box.checked = on;
    boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  };
  set.querySelector("[data-pick-tools]").hidden = boxes.length < 4;
  set.querySelector("[data-pick-all]").addEventListener("click", () => all(true));
  set.querySelector("[data-pick-none]").addEventListener("click", () => all(false));
  set.querySelector("[data-pick-filter]").addEventListener("input", (event) => {
    const word = event.target.value.trim();
    if (word) for (const folded of set.querySelectorAll("details")) folded.open = true;
    for (const box of boxes) {
      const chip = box.closest(".chip");
      chip.hidden = Boolean(word) && !chip.textContent.includes(word) && !box.checked;
    }
    event.stopPropagation();
  });
  set.addEventListener("change", count);
  set.addEventListener("toggle", count, true); // of a fold; it does not bubble
  count();
}

export function startAll(root) {
  for (const set of root.querySelectorAll("[data-pick]")) start(set);
}

document.addEventListener("htmx:load", (event) => startAll(event.target));
startAll(document);
