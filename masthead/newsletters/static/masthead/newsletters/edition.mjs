// Writing an edition. The server keeps it, and says what its blocks are filled with.
import { makeDraggable } from "../fronts/drag.mjs";
import { el, button } from "../fronts/parts.mjs";
import { blockFields } from "./blocks.mjs";
import { showLooks } from "./looks.mjs";

const state = JSON.parse(document.getElementById("edition-state").textContent);
const { words } = state;
const list = document.querySelector("[data-blocks]");
const library = document.querySelector("[data-library]");
const search = document.querySelector("[data-search]");
const status = document.querySelector("[data-status]");
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const looks = showLooks(state.urls.preview);
const EMPTY = {
    articles: { section: null, title: "", articles: [], most: 4 },
    picture: { picture: null, alt: "", caption: "", link: "" },
    offer: { title: "", html: "", label: "", link: "" },
    placement: { slot: "" }, "most-read": { most: 5 }, text: { html: "" }, greeting: { html: "" },
};

function say(text, { bad = false } = {}) {
    status.textContent = text;
    status.classList.toggle("is-bad", bad);
}

const isIn = (article) => state.blocks.some(({ block }) =>
    block.article === article || block.articles?.includes(article));

// -- changes -----------------------------------------------------------------

function move(from, to) {
    const at = Math.max(0, Math.min(to > from ? to - 1 : to, state.blocks.length - 1));
    if (at === from) return;
    const [lifted] = state.blocks.splice(from, 1);
    state.blocks.splice(at, 0, lifted);
    render(at);
    save();
}

function remove(index) {
    state.blocks.splice(index, 1);
    render(Math.min(index, state.blocks.length - 1));
    save();
}

function addBlock(kind) {
    state.blocks.push({ block: { kind, ...structuredClone(EMPTY[kind] ?? {}) }, shown: [] });
    render(state.blocks.length - 1);
    save();
}

function addArticle(card, index = state.blocks.length) {
    const size = state.blocks.some(({ block }) => block.kind === "article") ? "row" : "lead";
    const block = { kind: "article", article: card.article, size, headline: "", text: "" };
    state.blocks.splice(index, 0, { block, shown: [card] });
    render(index);
    save();
}

let timer = 0;
let sending = false;
let waiting = false;
let isKept = true;
function save() {
    isKept = false;
    say(words.saving);
    clearTimeout(timer);
    timer = setTimeout(send, 500);
}

async function send() {
    if (sending) { waiting = true; return; }
    sending = true;
    const lines = Object.fromEntries([...document.querySelectorAll("[data-line]")].map((each) => [each.dataset.line, each.value]));
    const sent = JSON.stringify({ ...lines, blocks: state.blocks.map(({ block }) => block) });
    try {
        const answer = await fetch(state.urls.arrange, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-CSRFToken": token },
            body: sent,
        });
        const told = await answer.json();
        if (!answer.ok) throw new Error(told.error || words.failed);
        if (!waiting) take(told);
        isKept = !waiting;
        say(words.saved);
        looks.reload();
    } catch (error) {
        say(error instanceof TypeError || error instanceof SyntaxError ? words.failed : error.message, { bad: true });
        status.append(" ", button(words.again, save));
    } finally {
        sending = false;
        if (waiting) { waiting = false; send(); }
    }
}

// What the blocks are filled with; fields that somebody is writing in stay as they are.
function take(told) {
    state.problems = told.problems;
    told.blocks.forEach((each, index) => {
        const box = list.children[index];
        if (!box || !state.blocks[index]) return;
        state.blocks[index].shown = each.shown;
        box.querySelector(".edition-shown")?.replaceWith(shownBox(state.blocks[index]));
    });
    renderProblems();
    renderLibrary();
}

// -- what is shown -----------------------------------------------------------

function render(focused = null) {
    const act = document.activeElement?.dataset?.act;
    list.replaceChildren(...state.blocks.map(blockBox));
    if (!state.blocks.length) list.append(el("li", { className: "desk-empty" }, words.empty));
    renderProblems();
    renderLibrary();
    const box = focused === null ? null : list.children[focused];
    ((act && box?.querySelector(`[data-act="${act}"]:not(:disabled)`)) || box)?.focus?.();
}

function blockBox(each, index) {
    const name = state.kinds[each.block.kind];
    const box = el("li", { className: "slot edition-block", "data-slot": index, "data-article": index, tabindex: "-1" });
    const act = (key, label, run, sign, disabled = false) => {
        const made = button(sign, run);
        Object.assign(made, { title: label, disabled });
        made.dataset.act = key;
        made.setAttribute("aria-label", `${label}: ${name}`);
        return made;
    };
    box.append(
        el("div", { className: "edition-block__head" },
            el("div", { className: "grip", "data-drag": index }, el("h3", {}, name)),
            el("div", { className: "slot__acts" },
                act("up", words.up, () => move(index, index - 1), "↑", index === 0),
                act("down", words.down, () => move(index, index + 2), "↓", index === state.blocks.length - 1),
                act("remove", words.remove, () => remove(index), "×"))),
        shownBox(each),
        ...blockFields(each, state, save, () => { render(index); save(); }),
        el("ul", { className: "edition-problems", "data-wrong": index }),
    );
    box.addEventListener("keydown", (event) => {
        if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
        event.preventDefault();
        move(index, event.key === "ArrowUp" ? index - 1 : index + 2);
    });
    return box;
}

function shownBox({ block, shown }) {
    const gone = block.kind === "article" && !shown.length ? [el("li", { className: "is-bad" }, words.not_read)] : [];
    return el("ul", { className: "edition-shown" }, ...gone, ...shown.map((each) => el("li", {}, each.headline)));
}

function renderProblems() {
    for (const box of document.querySelectorAll("[data-wrong]")) {
        box.replaceChildren(...state.problems.filter((each) => each.block === Number(box.dataset.wrong)).map(line));
    }
    const whole = state.problems.filter((each) => each.block === null);
    document.querySelector("[data-problems-box]").hidden = !state.problems.length;
    const named = state.problems.filter((each) => each.block !== null)
        .map((each) => ({ ...each, words: `${state.kinds[state.blocks[each.block]?.block.kind] ?? ""}: ${each.words}` }));
    document.querySelector("[data-problems]").replaceChildren(...[...whole, ...named].map(line));
}

const line = (each) => el("li", { className: each.stops ? "is-bad" : "is-warn" }, each.words);

function renderLibrary() {
    library.replaceChildren(...state.found.map((card) => {
        const add = button(words.add, () => addArticle(card));
        add.setAttribute("aria-label", `${words.add}: ${card.headline}`);
        const meta = [card.when, isIn(card.article) && words.in_it].filter(Boolean);
        return el("li", { className: "found", "data-article": `new-${card.article}` },
            el("div", { className: "grip", "data-drag": `new-${card.article}` }, el("h3", {}, card.headline)),
            el("p", { className: "slot__meta" }, ...meta.map((text) => el("span", {}, text))),
            el("div", { className: "slot__acts" }, add));
    }));
    if (!state.found.length) library.append(el("li", {}, words.none_found));
}

// -- the rest ----------------------------------------------------------------

let searching = 0;
search.addEventListener("input", () => {
    clearTimeout(searching);
    searching = setTimeout(async () => {
        const answer = await fetch(`${state.urls.articles}?q=${encodeURIComponent(search.value)}`);
        if (answer.ok) { state.found = (await answer.json()).found; renderLibrary(); }
    }, 250);
});
for (const input of document.querySelectorAll("[data-line]")) {
    const count = document.querySelector(`[data-count="${input.dataset.line}"]`);
    const tell = () => {
        count.textContent = words.characters.replace("%(n)s", input.value.length);
        count.classList.toggle("is-warn", input.value.length > state.limits[input.dataset.line]);
    };
    input.addEventListener("input", () => { tell(); save(); });
    tell();
}
document.querySelector("[data-add]").append(...Object.entries(state.kinds)
    .filter(([kind]) => kind !== "article")
    .map(([kind, label]) => button(`+ ${label}`, () => addBlock(kind))));
// Nothing is sent before what was written is kept.
for (const form of document.querySelectorAll("[data-after-save]")) {
    form.addEventListener("submit", (event) => {
        if (isKept) return;
        event.preventDefault();
        setTimeout(() => form.requestSubmit(event.submitter), 300);
    });
}
makeDraggable({
    root: document.querySelector(".edition-editor"),
    drop: (name, _list, index) => {
        const card = state.found.find((each) => `new-${each.article}` === name);
        if (card) addArticle(card, index);
        else move(Number(name), index);
    },
});
render();
