// Lists the drafts that drafts.js keeps on this device for this person, each a link back to its form.
const box = document.querySelector("[data-unsent]");
const list = box?.querySelector("[data-unsent-list]");
const prefix = `oasis-draft:${document.body.dataset.user ?? ""}:`;
const kept = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
for (const name of kept) {
  const draft = JSON.parse(localStorage.getItem(name));
  const path = name.slice(prefix.length).split(":")[0];
  if (draft.sent || !path.startsWith("/")) continue;
  const link = document.createElement("a");
  link.href = path;
  link.textContent = `${new Date(draft.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" })}写的，接着写`;
  const item = document.createElement("li");
  item.append(link);
  list.append(item);
}
if (list?.children.length) box.hidden = false;
