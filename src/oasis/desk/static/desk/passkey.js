// Passkeys: hands the forms marked data-passkey to allauth's own script, and says in words when the device declined.
const wrong = () => document.querySelectorAll("[data-passkey-wrong]").forEach((line) => { line.hidden = false; });

document.addEventListener("allauth.error", (event) => { event.preventDefault(); wrong(); });
document.querySelectorAll("[data-passkey]").forEach((form) => {
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  window.allauth.webauthn.forms[form.dataset.passkey]({ ids: JSON.parse(form.dataset.passkeyIds) });
});
document.querySelectorAll("[data-passkey-missing]").forEach((line) => { line.hidden = Boolean(window.PublicKeyCredential); });
