// Lists the drafts that drafts.js keeps on this device for this person, each a link back to its form.
const box = document.querySelector("[data-unsent]");
const list = box?.querySelector("[data-unsent-list]");
const prefix = `oasis-draft:${document.body.dataset.user ?? ""}:`;
const ANSWER = 20_000; // ms: what was sent and has no answer by then may not have arrived
const kept = Object.keys(localStorage).filter((name) => name.startsWith(prefix));
for (const name of kept) {
  const draft = JSON.parse(localStorage.getItem(name));
  const path = name.slice(prefix.length).split(":")[0];
  const unanswered = draft.sent && Date.now() - draft.at > ANSWER;
  if ((draft.sent && !unanswered) || !path.startsWith("/")) continue;
  const link = document.createElement("a");
  link.href = path + (draft.search ?? "");
  const when = new Date(draft.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
  link.textContent = `${draft.what ? `${draft.what}，` : ""}${when}写的，${unanswered ? "不知道保存上没有，看一看" : draft.refused ? "没有保存成功，接着改" : "接着写"}`;
  const item = document.createElement("li");
  item.append(link);
  list.append(item);
}
if (list?.children.length) box.hidden = false;
