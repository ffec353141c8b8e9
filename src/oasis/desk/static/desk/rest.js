// Leaves the page when nobody has touched it for as long as the school allows: a child's file does not stay on a shared screen.
// The server counts too and asks for the log-in. What was typed into form[data-draft] is kept by drafts.js.
const allowed = Number(document.body.dataset.rest) * 1000;
let touched = Date.now();

function leave() {
  document.querySelectorAll("form[data-draft]").forEach((form) => { form.dataset.clean = "1"; });
  location.reload();
}

if (allowed) {
  for (const name of ["pointerdown", "keydown", "scroll"]) document.addEventListener(name, () => { touched = Date.now(); }, { passive: true });
  setInterval(() => { if (Date.now() - touched > allowed + 5000) leave(); }, 10000);
}
