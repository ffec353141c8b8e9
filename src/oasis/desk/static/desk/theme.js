// Light or dark at once: a form with data-theme-form is answered on the spot; the cookie tells the server for the next page.
const root = document.documentElement;

function wear(theme) {
  if (theme === "light" || theme === "dark") root.dataset.bsTheme = theme;
  else delete root.dataset.bsTheme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-theme-form]");
  if (form && event.target.name === "theme") wear(event.target.value);
});

for (const button of document.querySelectorAll("[data-close]")) {
  button.hidden = false;
  button.addEventListener("click", () => { button.closest("details").open = false; });
}
for (const table of document.querySelectorAll("[data-problems]")) table.focus();
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
