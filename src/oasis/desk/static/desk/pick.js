// Choosing many: all, none, a count, and a filter by name. The chips themselves are plain checkboxes.

function start(set) {
  if (set.dataset.picking) return;
  set.dataset.picking = "1";
  const boxes = [...set.querySelectorAll('.chips input[type="checkbox"]')];
  const shown = () => boxes.filter((box) => !box.closest(".chip").hidden);
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    set.querySelector("[data-pick-count]").textContent = chosen ? `已选${chosen}名` : "";
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
  count();
}

export function startAll(root) {
  for (const set of root.querySelectorAll("[data-pick]")) start(set);
}

document.addEventListener("htmx:load", (event) => startAll(event.target));
startAll(document);
