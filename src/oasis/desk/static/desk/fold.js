// On a phone what can wait shows only its title and how many; a touch opens it. Without script it stands open.
const small = matchMedia("(max-width: 640px)");

export function foldAll(root) {
  if (small.matches) for (const box of root.querySelectorAll("details[data-fold]")) box.open = false;
}

document.addEventListener("htmx:load", (event) => foldAll(event.target));
foldAll(document);
