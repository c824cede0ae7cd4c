// Comments without reload: posting, answering, respect, drafts, people one ignores, what is new.
// Everything works without it, by plain forms.

const root = document.querySelector("[data-comments]");
const article = root?.querySelector("[name=article]")?.value;
const kept = {
  read(name) {
    try { return JSON.parse(localStorage.getItem(`comments:${name}`)); } catch { return null; }
  },
  write(name, value) {
    try {
      if (value) localStorage.setItem(`comments:${name}`, JSON.stringify(value));
      else localStorage.removeItem(`comments:${name}`);
    } catch { /* a device that keeps nothing */ }
  },
};

const send = async (url, body) => {
  const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
  return [answer, await answer.json()];
};

const draftOf = (form) => `draft:${article}:${form.elements.parent?.value ?? ""}`;

const prepare = (form) => {
  const draft = kept.read(draftOf(form)) ?? {};
  const text = form.elements.text;
  if (!text.value && draft.text) text.value = draft.text;
  // The same attempt keeps its name until it is stored, however often it is sent.
  form.attempt = draft.attempt ?? crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  text.addEventListener("input", () => {
    kept.write(draftOf(form), text.value ? { text: text.value, attempt: form.attempt } : null);
  });
};

const post = async (form) => {
  const said = form.querySelector("[data-said]");
  const button = form.querySelector("button");
  const body = new FormData(form);
  body.set("client_id", form.attempt);
  button.disabled = true;
  try {
    const [answer, told] = await send(form.action, body);
    said.textContent = told.said;
    if (answer.status !== 201) return;
    kept.write(draftOf(form), null);
    form.elements.text.value = "";
    form.attempt = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    if (told.state === "approved") await refresh();
  } catch {
    form.submit();
  } finally {
    button.disabled = false;
  }
};

// The first page as it is printed now, put in the place of what is shown.
const refresh = async () => {
  const url = root.dataset.listUrl;
  if (!url) return location.reload();
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const fresh = page.querySelector("[data-list]");
  const old = root.querySelector("[data-list]");
  if (!fresh) return;
  if (old) old.replaceWith(fresh);
  else root.querySelector("h2").after(fresh);
  settle();
};

const ignored = new Set(kept.read("ignored") ?? []);
const settle = () => {
  for (const each of root.querySelectorAll("[data-who][data-comment]")) {
    each.hidden = ignored.has(each.dataset.who);
  }
  for (const button of root.querySelectorAll("[data-ignore]")) button.hidden = false;
};

const reply = (link) => {
  const comment = link.closest("[data-comment]");
  const open = comment.parentElement.querySelector(":scope > [data-comment-form]");
  if (open) return open.elements.text.focus();
  const form = root.querySelector("[data-comment-form]").cloneNode(true);
  const parent = document.createElement("input");
  Object.assign(parent, { type: "hidden", name: "parent", value: comment.dataset.comment });
  form.append(parent);
  form.elements.text.value = "";
  form.querySelector("[data-said]").textContent = "";
  comment.after(form);
  prepare(form);
  form.elements.text.focus();
};

const respect = async (form) => {
  const button = form.querySelector("button");
  const [answer, told] = await send(form.action, new FormData(form));
  if (!answer.ok) {
    button.title = told.said;
    location.assign(form.closest("[data-comment]").querySelector(".comment__at").href);
    return;
  }
  const number = button.querySelector("span") ?? button.appendChild(document.createElement("span"));
  number.textContent = told.respects ? ` ${told.respects}` : "";
};

const ignore = (button) => {
  const comment = button.closest("[data-comment]");
  ignored.add(comment.dataset.who);
  kept.write("ignored", [...ignored]);
  settle();
  send(`${root.dataset.comments}ignore/${comment.dataset.comment}`, new FormData()).catch(() => {});
};

const watch = (url) => {
  const said = root.querySelector("[data-live-said]");
  let newest;
  const look = async () => {
    if (document.hidden) return;
    const told = await (await fetch(url)).json();
    if (newest !== undefined && told.newest !== newest && !said.firstChild) {
      const button = document.createElement("button");
      button.className = "button";
      button.textContent = said.dataset.words;
      button.addEventListener("click", () => { button.remove(); refresh(); });
      said.append(button);
    }
    newest = told.newest;
  };
  const again = () => look().catch(() => {});
  setInterval(again, 20000);
  again();
};

const whoAmI = async () => {
  const me = await (await fetch(`${root.dataset.comments}me.json`)).json();
  if (!me.name) return;
  for (const each of root.querySelectorAll(".comment-form__who")) each.hidden = true;
  for (const who of me.ignored) ignored.add(who);
  settle();
};

if (root) {
  for (const form of root.querySelectorAll("[data-comment-form]")) prepare(form);
  settle();
  if (root.dataset.live) watch(root.dataset.live);
  root.addEventListener("focusin", () => whoAmI().catch(() => {}), { once: true });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-comment-form]")) post(form);
    else if (form.querySelector("[data-respect]")) respect(form).catch(() => form.submit());
    else return;
    event.preventDefault();
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reply]");
    if (link && root.querySelector("[data-comment-form]")) {
      event.preventDefault();
      reply(link);
    }
    const button = event.target.closest("[data-ignore]");
    if (button) ignore(button);
  });
}
