// What is typed into form[data-draft] stays on this device until it is saved; leaving with unsaved text warns.
// A saved page says messages.success(…), drawn with data-done: that clears the draft that was sent last.
// These forms say autocomplete="off": on the way back a browser would tick boxes by their place, and the children have moved since.
// Passwords and files are never kept. Logging out wipes every draft, because school computers are shared.
// A form opened for certain children (?child=… or a hidden field) has a draft of its own and keeps these children: none comes in with the text.
// What the server refused is marked so; what was sent and has no answer may have been saved.
// data-draft-tab: kept in this tab only and gone with it, for what nobody may find on the device later.
const DAYS = 7;
const user = document.body.dataset.user ?? "";
const prefix = "oasis-draft:";
const forms = document.querySelectorAll("form[data-draft]");

function about(form) {
  const hidden = [...form.querySelectorAll('input[type="hidden"][name="child"]')].map((field) => field.value);
  return [...new Set([...new URLSearchParams(location.search).getAll("child"), ...hidden])].sort().join(",");
}

function key(form) {
  return [`${prefix}${user}`, location.pathname, form.dataset.draft || form.id, about(form)].join(":");
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
  const given = about(form) ? ["child", "next"] : ["next"];
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.name === "csrfmiddlewaretoken" || given.includes(field.name)) continue;
    const values = kept.filter(([fieldName]) => fieldName === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.tagName === "SELECT" && field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else if (values.length) field.value = values.shift();
  }
  for (const set of form.querySelectorAll("[data-pick]")) set.dispatchEvent(new Event("change", { bubbles: true }));
}

function left(form, kept) { // who was chosen then and is not now: on another page of chips, or beside the children asked for
  const now = text(form).filter(([name]) => name === "child").map(([, value]) => value);
  const away = kept.filter(([name, value]) => name === "child" && !now.includes(value));
  return away.length ? `当时另外选的${away.length}名孩子没有选上，要一起记的请再选。` : "";
}

function told(draft) {
  if (draft.refused) return `上次没有保存成功，内容还在（${when(draft.at)}写的）。`;
  return `已恢复上次没有保存的内容（${when(draft.at)}写的）。` + (draft.sent ? "那次按过保存，不知道保存上没有，请先看看是不是已经记过。" : "");
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
  words.textContent = told(draft) + left(form, draft.text);
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
  const refused = Boolean(wrong || draft?.refused);
  const put = (sent) => shelf(form).setItem(key(form), JSON.stringify(
    { at: Date.now(), sent, refused: refused && !sent, what: heading(), search: location.search, text: text(form) }));
  const keep = (sent = false) => {
    if (form.dataset.clean) return;
    if (!sent && JSON.stringify(text(form)) === before && !form.dataset.dirty) return;
    form.dataset.dirty = "1";
    put(sent);
  };
  if (wrong) put(false);
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
