// A card that was printed changes its row: when the file has come, the page is read again.
// The answer says that it has come with a cookie of the form's own mark; it holds nothing else.
import { uuid7 } from "./once.js";

const PATIENCE = 120000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("printed" in form.dataset)) return;
  const mark = uuid7();
  const field = form.elements.receipt ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "receipt" }));
  field.value = mark;
  const look = setInterval(() => {
    if (!document.cookie.includes(`receipt=${mark}`)) return;
    clearInterval(look);
    location.reload();
  }, 400);
  setTimeout(() => clearInterval(look), PATIENCE);
});
