// By which number a call went: those of the person chosen are shown, the only one is chosen by itself; another child has other numbers.

const form = document.querySelector("#record-form");
const box = document.querySelector("#numbers");
const asker = document.querySelector("#ask-numbers");

function chosen(name) {
  return form.querySelector(`[name="${name}"]:checked`)?.value;
}

function fit(choose) {
  const set = box.querySelector("fieldset");
  if (!set) return;
  const chips = [...set.querySelectorAll("[data-whom]")];
  for (const chip of chips) chip.hidden = !chip.dataset.whom.split(" ").includes(chosen("with_whom"));
  const shown = chips.filter((chip) => !chip.hidden);
  set.hidden = chosen("channel") !== "phone" || !shown.length;
  set.disabled = set.hidden; // what is not shown is not sent
  if (choose) for (const input of set.querySelectorAll("input")) input.checked = shown.length === 1 && shown[0].contains(input);
}

if (box) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "child") asker.dispatchEvent(new Event("picked"));
    if (event.target.name === "with_whom") fit(true);
    if (event.target.name === "channel") fit(false);
  });
  box.addEventListener("htmx:load", () => fit(true));
  fit(!box.querySelector(":checked"));
  window.addEventListener("pageshow", () => fit(false)); // a draft may have been put back
}
