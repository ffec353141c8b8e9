// A text with a limit (data-limit) is never cut: near the limit it says how much room is left, over it how much is too much.
// The server counts a new line as two signs and a rare character as one; so does this.
const FROM = 0.8;

function length(field) {
  return [...field.value.trim().replace(/\r?\n/g, "\r\n")].length;
}

function line(field) {
  const found = document.getElementById(field.dataset.counter ?? "");
  if (found) return found;
  const words = document.createElement("p");
  words.className = "help limit";
  words.id = `limit-${crypto.randomUUID?.() ?? Math.random()}`;
  words.setAttribute("aria-live", "polite");
  field.dataset.counter = words.id;
  field.after(words);
  return words;
}

function count(field) {
  const most = Number(field.dataset.limit);
  const now = length(field);
  const over = now - most;
  field.setCustomValidity(over > 0 ? `最多${most}个字，多了${over}个，请删短` : "");
  if (over <= 0 && now < most * FROM) {
    if (field.dataset.counter) line(field).hidden = true;
    return;
  }
  const words = line(field);
  words.hidden = false;
  words.classList.toggle("limit-over", over > 0);
  words.textContent = over > 0 ? `最多${most}个字，多了${over}个，请删短；写的都还在` : `还能写${-over}个字`;
}

document.addEventListener("input", (event) => { if (event.target.dataset?.limit) count(event.target); });
for (const field of document.querySelectorAll("[data-limit]")) count(field);
