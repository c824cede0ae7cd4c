// The moderators' queues by keyboard alone. Everything works without it, a form at a time.

const root = document.querySelector("[data-moderation]");
const said = root.querySelector("[data-said]");
const items = () => [...root.querySelectorAll("[data-item]:not([data-done])")];
const undos = [];
let here = null;

const go = (item) => {
    if (!item) return;
    here = item;
    item.focus();
    item.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
    const all = items();
    const at = all.indexOf(here);
    go(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
};

const count = (by) => {
    const number = root.querySelector("[data-queue][aria-current] [data-count]");
    if (number) number.textContent = Math.max(0, Number(number.textContent) + by);
};

const send = async (url, body) => {
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    return [answer.ok, await answer.json()];
};

// What was done shows at once; when the answer says otherwise, it is taken back and told.
const act = async (form) => {
    const item = form.closest("[data-item]");
    const all = items();
    const after = all[all.indexOf(item) + 1];
    const leaves = form.dataset.act !== "pick";
    if (leaves) {
        item.dataset.done = form.dataset.act;
        count(-1);
        if (after) go(after);
        else root.querySelector("[data-next]")?.focus();
    }
    try {
        const [isDone, told] = await send(form.action, new FormData(form));
        said.textContent = told.said;
        if (isDone && told.undo) undos.push([told.undo, item]);
    } catch {
        delete item.dataset.done;
        count(1);
        said.textContent = form.querySelector("button").textContent + " – ?";
    }
};

const undo = async () => {
    const last = undos.pop();
    if (!last) return;
    const [url, item] = last;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", item.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    const [isDone, told] = await send(url, body);
    said.textContent = told.said;
    if (!isDone) return;
    if (item.dataset.done) count(1);
    delete item.dataset.done;
    go(item);
};

const forms = { f: "approve", d: "reject", r: "remove", p: "pick" };

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog")) {
        if (event.key === "Escape") here?.focus();
        return;
    }
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "u") undo();
    else if (event.key === "t") {
        const queues = [...root.querySelectorAll("[data-queue]")];
        queues[(queues.findIndex((each) => each.ariaCurrent) + 1) % queues.length].click();
    } else if (/^[0-9]$/.test(event.key) && here) {
        // As they are numbered in the list: 1 the first, 0 the tenth.
        here.querySelector("[data-act=reject] [name=reason]").selectedIndex = (Number(event.key) + 9) % 10;
    } else if (event.key === "b" && here) {
        const details = here.querySelector("[data-act=ban]");
        if (!details) return;
        details.open = true;
        details.querySelector("select").focus();
    } else if (forms[event.key] && here && !here.dataset.done) {
        here.querySelector(`form[data-act=${forms[event.key]}]`).requestSubmit();
    } else return;
    event.preventDefault();
});

root.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-act]")) return;
    event.preventDefault();
    act(event.target);
});

// Without scrolling: where one is, and which keys there are, stays in sight.
here = items()[0] ?? null;
here?.focus({ preventScroll: true });
