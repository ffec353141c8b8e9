// A form is sent once, and a new record carries an id made here, so that a repeat is recognised.

export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let i = 5; i >= 0; i -= 1) { bytes[i] = now % 256; now = Math.floor(now / 256); }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

export function name(root) {
  for (const field of root.querySelectorAll('form input[type="hidden"][name="id"]')) {
    if (!field.value) field.value = uuid7();
  }
}

function rest(form, on) {
  if (on) form.dataset.sent = "1";
  else delete form.dataset.sent;
  form.setAttribute("aria-busy", String(on));
  // Disabled only after the browser has read the form, or the pressed button's own value would be lost.
  setTimeout(() => {
    for (const button of form.querySelectorAll('button[type="submit"], button:not([type])')) button.disabled = on;
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || "download" in form.dataset) return; // a file comes back, the page stays
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (!event.defaultPrevented || form.matches("[hx-post]")) rest(form, true);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) rest(form, false);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) rest(form, false);
  name(document);
});
document.addEventListener("htmx:load", (event) => name(event.target));
name(document);
