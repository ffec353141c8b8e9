// What is typed into form[data-draft] stays on this device until it is saved; leaving with unsaved text warns.
// A saved page says messages.success(…), drawn with data-done: that clears the draft that was sent last.
// These forms say autocomplete="off": on the way back a browser would tick boxes by their place, and the children have moved since.
// Passwords and files are never kept. Logging out wipes every draft, because school computers are shared.
// data-draft-tab: kept in this tab only and gone with it, for what nobody may find on the device later.
const DAYS = 7;
const user = document.body.dataset.user ?? "";
const prefix = "oasis-draft:";
const forms = document.querySelectorAll("form[data-draft]");

function key(form) {
  return `${prefix}${user}:${location.pathname}:${form.dataset.draft || form.id}`;
}

function shelf(form) {
  return "draftTab" in form.dataset ? sessionStorage : localStorage;
}

function text(form) {
  const kept = [];
  for (const field of form.elements) {
    if (!field.name || field.name === "csrfmiddlewaretoken" || ["password", "file", "submit", "button"].includes(field.type)) continue;
    if (field.type === "checkbox" || field.type === "radio") { if (field.checked) kept.push([field.name, field.value]); }
    else if (field.tagName === "SELECT" && field.multiple) for (const option of field.selectedOptions) kept.push([field.name, option.value]);
    else if (field.value) kept.push([field.name, field.value]);
  }
  return kept;
}

function fill(form, kept) {
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.name === "csrfmiddlewaretoken") continue;
    const values = kept.filter(([fieldName]) => fieldName === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.tagName === "SELECT" && field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else if (values.length) field.value = values.shift();
  }
}

function heading() {
  return document.querySelector("h1")?.textContent.trim() ?? "";
}

function when(at) {
  const day = new Date(at);
  const two = (number) => String(number).padStart(2, "0");
  return `${day.getMonth() + 1}月${day.getDate()}日 ${two(day.getHours())}:${two(day.getMinutes())}`;
}

function offer(form, draft) {
  const line = document.createElement("div");
  line.className = "note note-blue";
  line.setAttribute("role", "status");
  const words = document.createElement("div");
  words.textContent = `已恢复上次没有保存的内容（${when(draft.at)}写的）。` + (draft.sent ? "那次按过保存，不知道保存上没有，请先看看是不是已经记过。" : "");
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn btn-plain btn-small";
  drop.textContent = "不要了";
  drop.addEventListener("click", () => { shelf(form).removeItem(key(form)); form.dataset.clean = "1"; location.reload(); });
  line.append(words, drop);
  form.prepend(line);
}

function stored() {
  return [localStorage, sessionStorage].flatMap((kept) =>
    Object.keys(kept).filter((name) => name.startsWith(prefix)).map((name) => [kept, name]));
}

function tidy() {
  let last = null; // what was sent last is what was saved; one sent before it, without an answer, is still to be looked at
  for (const [kept, name] of stored()) {
    const draft = JSON.parse(kept.getItem(name));
    if (Date.now() - draft.at > DAYS * 86400000) kept.removeItem(name);
    else if (draft.sent && draft.at > (last?.at ?? 0)) last = { kept, name, at: draft.at };
  }
  if (last && document.querySelector("[data-done]")) last.kept.removeItem(last.name);
}

function watch(form) {
  const wrong = form.querySelector("[data-problems], .is-invalid");
  const draft = JSON.parse(shelf(form).getItem(key(form)) ?? "null");
  if (draft && !wrong) { fill(form, draft.text); offer(form, draft); form.dataset.dirty = "1"; }
  const before = JSON.stringify(text(form));
  const keep = (sent = false) => {
    if (form.dataset.clean) return;
    if (!sent && JSON.stringify(text(form)) === before && !form.dataset.dirty) return;
    form.dataset.dirty = "1";
    shelf(form).setItem(key(form), JSON.stringify({ at: Date.now(), sent, what: heading(), text: text(form) }));
  };
  form.addEventListener("input", () => keep());
  form.addEventListener("change", () => keep());
  form.addEventListener("submit", () => { keep(true); form.dataset.clean = "1"; });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && !document.querySelector(".is-invalid, [data-problems]")) shelf(form).removeItem(key(form));
    else delete form.dataset.clean;
  });
}

tidy();
forms.forEach(watch);
window.addEventListener("beforeunload", (event) => {
  if ([...forms].some((form) => form.dataset.dirty && !form.dataset.clean)) event.preventDefault();
});
window.addEventListener("pageshow", (event) => { if (event.persisted) forms.forEach((form) => delete form.dataset.clean); });
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-logout]")) for (const [kept, name] of stored()) kept.removeItem(name);
});
