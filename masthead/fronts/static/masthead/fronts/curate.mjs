// Arranging a front. The server keeps the draft and says what fills the places left open.
import { makeDraggable } from "./drag.mjs";
import { el, button, zoneSelect } from "./parts.mjs";

const state = JSON.parse(document.getElementById("front-state").textContent);
const { words } = state;
const zonesBox = document.querySelector("[data-zones]");
const library = document.querySelector("[data-library]");
const search = document.querySelector("[data-search]");
const status = document.querySelector("[data-status]");
const discard = document.querySelector("[data-discard]");
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;

const zone = (name) => state.zones.find((each) => each.name === name);
const isPlaced = (article) =>
    state.zones.some((each) => each.slots.some((slot) => slot.article === article));

function say(text, { bad = false } = {}) {
    status.textContent = text;
    status.classList.toggle("is-bad", bad);
}

// -- changes -----------------------------------------------------------------

function lift(article) {
    for (const each of state.zones) {
        const index = each.slots.findIndex((slot) => slot.article === article);
        if (index >= 0) return each.slots.splice(index, 1)[0];
    }
    const found = state.found.find((each) => each.article === article);
    return found ? { ...found, pinned_from: "", pinned_until: "", pin: "" } : null;
}

function place(article, zoneName, index = Infinity) {
    const from = state.zones.find((each) => each.slots.some((slot) => slot.article === article));
    const was = from?.slots.findIndex((slot) => slot.article === article) ?? -1;
    const slot = lift(article);
    if (!slot) return;
    slot.zone = zoneName;
    const target = zone(zoneName).slots;
    // Taken from above its new place in the same list, everything below moved up by one.
    const at = from?.name === zoneName && was < index ? index - 1 : index;
    if (zoneName === "lead") lead(slot, target);
    else target.splice(Math.min(at, target.length), 0, slot);
    changed(article);
}

// Only one can lead: what led heads the left column. Leads of a later hour keep their turn.
function lead(slot, target) {
    const former = target.filter((each) => !each.is_later);
    target.splice(0, Infinity, ...target.filter((each) => each.is_later), slot);
    for (const each of former) each.zone = "left";
    zone("left").slots.unshift(...former);
    if (former.length) news = words.leads.replace("%s", slot.headline);
}

function remove(article) {
    lift(article);
    changed(null);
    document.querySelector(`[data-article="${article}"] select`)?.focus();
}

function changed(focusArticle) {
    render(focusArticle);
    save();
}

let timer = 0;
let news = "";
let sending = false;
let waiting = false;
function save() {
    say(words.saving);
    document.querySelectorAll(".messages li").forEach((said) => said.remove()); // of the front before
    clearTimeout(timer);
    timer = setTimeout(send, 350);
}

async function send() {
    if (sending) { waiting = true; return; }
    sending = true;
    const slots = state.zones.flatMap((each) => each.slots.map((slot) => ({
        zone: each.name, article: slot.article,
        pinned_from: slot.pinned_from, pinned_until: slot.pinned_until,
    })));
    try {
        const answer = await fetch(state.urls.arrange, {
            method: "POST",
            headers: { "Content-Type": "application/json", "X-CSRFToken": token },
            body: JSON.stringify({ slots }),
        });
        const sent = await answer.json();
        if (!answer.ok) throw new Error(sent.error || words.failed);
        if (!waiting) {
            state.zones = sent.zones;
            render(document.activeElement?.closest("[data-slot]")?.dataset.slot, true);
            reloadLook();
        }
        say(`${news} ${words.saved}`);
        news = "";
        discard.hidden = false;
    } catch (error) {
        say(error instanceof TypeError || error instanceof SyntaxError ? words.failed : error.message, { bad: true });
        status.append(" ", button(words.again, save));
    } finally {
        sending = false;
        if (waiting) { waiting = false; send(); }
    }
}

// -- what is shown -----------------------------------------------------------

function render(focusArticle, keepOpen = false) {
    const opened = keepOpen ? document.querySelector("[data-slot] details[open]")?.closest("[data-slot]")?.dataset.slot : null;
    const was = document.activeElement?.dataset?.act;
    zonesBox.replaceChildren(...state.zones.map(zoneBox));
    renderLibrary();
    if (opened) document.querySelector(`[data-slot="${opened}"] details`)?.setAttribute("open", "");
    if (focusArticle) {
        const box = document.querySelector(`[data-slot="${focusArticle}"]`);
        const same = was && box?.querySelector(`[data-act="${was}"]:not(:disabled)`);
        (same || box)?.focus();
    }
}

function zoneBox(each) {
    const list = el("ul", { className: "zone__slots", "data-drop": each.name, "data-empty": words.empty });
    each.slots.forEach((slot, index) => list.append(slotBox(slot, each, index)));
    const parts = [
        el("h2", {}, each.label, el("span", {}, `${each.slots.length}/${each.size}`)),
        list,
    ];
    if (each.slots.length > each.size) parts.push(el("p", { className: "zone__note zone__note--full" }, words.too_many));
    if (each.filled.length) {
        parts.push(
            el("p", { className: "zone__note" }, words.automatic),
            el("ul", { className: "zone__filled" }, ...each.filled.map((card) => el("li", {}, card.headline))),
        );
    }
    return el("section", { className: `zone zone--${each.name}`, "aria-label": each.label }, ...parts);
}

function slotBox(slot, each, index) {
    const box = el("li", {
        className: `slot${index >= each.size || slot.gone ? " is-waiting" : ""}`,
        "data-slot": slot.article, "data-article": slot.article, tabindex: "-1",
    });
    const act = (name, label, run, disabled = false, sign = label) => {
        const made = button(sign, run);
        made.title = label;
        made.dataset.act = name;
        made.disabled = disabled;
        made.setAttribute("aria-label", `${label}: ${slot.headline}`);
        return made;
    };
    const to = zoneSelect(words.move_to, state.zones.filter((other) => other.name !== each.name), (name) => place(slot.article, name));
    to.dataset.act = "to";
    box.append(
        el("div", { className: "grip", "data-drag": slot.article }, el("h3", {}, slot.headline)),
        el("p", { className: "slot__meta" }, ...[slot.when, !slot.gone && !slot.has_picture && words.no_picture, slot.pin].filter(Boolean).map((text) => el("span", {}, text))),
        el("div", { className: "slot__acts" },
            act("up", words.up, () => place(slot.article, each.name, index - 1), index === 0, "↑"),
            act("down", words.down, () => place(slot.article, each.name, index + 2), index === each.slots.length - 1, "↓"),
            to, el("span", { className: "slot__pair" }, dates(slot), act("remove", words.remove, () => remove(slot.article))),
        ),
    );
    box.addEventListener("keydown", (event) => {
        if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
        event.preventDefault();
        const step = event.key === "ArrowUp" ? -1 : 2;
        if (index + step >= 0) place(slot.article, each.name, index + step);
    });
    return box;
}

// The fields show and take the outlet's clock, whatever the machine's own says.
function dates(slot) {
    const field = (key, label) => {
        const input = el("input", { type: "datetime-local", value: slot[key] });
        input.addEventListener("change", () => {
            slot[key] = input.value;
            save();
        });
        return el("label", {}, label, input);
    };
    return el("details", { className: "slot__when" },
        el("summary", { "data-act": "dates" }, words.dates),
        el("div", { className: "slot__dates" }, field("pinned_from", words.begins), field("pinned_until", words.ends), el("p", {}, state.zone)),
    );
}

function renderLibrary() {
    library.replaceChildren(...state.found.map((card) => {
        const placed = isPlaced(card.article);
        const grip = el("div", { className: "grip", "data-drag": card.article }, el("h3", {}, card.headline));
        const meta = el("p", { className: "slot__meta" }, ...[card.when, placed && words.placed, !card.has_picture && words.no_picture].filter(Boolean).map((text) => el("span", {}, text)));
        const to = zoneSelect(placed ? words.move_to : words.place_in, state.zones, (name) => place(card.article, name));
        to.setAttribute("aria-label", `${words.place_in}: ${card.headline}`);
        return el("li", { className: "found", "data-article": card.article }, grip, meta, to);
    }));
    if (!state.found.length) library.append(el("li", {}, search.value ? words.none_found : words.none_yet));
}

// -- the rest ----------------------------------------------------------------

let searching = 0;
search.addEventListener("input", (event) => {
    clearTimeout(searching);
    searching = setTimeout(async () => {
        const answer = await fetch(`${state.urls.articles}?q=${encodeURIComponent(event.target.value)}`);
        if (answer.ok) { state.found = (await answer.json()).found; renderLibrary(); }
    }, 250);
});

const pane = document.querySelector("[data-look-pane]");
const frame = document.querySelector("[data-look-frame]");
function reloadLook() { if (!pane.hidden) frame.src = state.urls.look; }
function toggleLook(open) {
    pane.hidden = !open;
    if (open) { reloadLook(); pane.querySelector("[data-look-close]").focus(); }
    else document.querySelector("[data-look]").focus();
}
document.querySelector("[data-look]").addEventListener("click", () => toggleLook(true));
document.querySelector("[data-look-close]").addEventListener("click", () => toggleLook(false));
document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !pane.hidden) toggleLook(false);
    const writing = event.target.closest("input, select, textarea");
    if (event.key.toLowerCase() === "s" && !writing && !event.ctrlKey && !event.metaKey && pane.hidden) toggleLook(true);
});
for (const choice of pane.querySelectorAll("[data-width]")) {
    choice.addEventListener("click", () => {
        frame.style.inlineSize = `${choice.dataset.width}px`;
        for (const other of pane.querySelectorAll("[data-width]")) other.setAttribute("aria-pressed", String(other === choice));
    });
}
// A release must not overtake the draft that is still on its way.
document.querySelector("[data-release]").form.addEventListener("submit", (event) => {
    if (!sending && status.textContent !== words.saving) return;
    event.preventDefault();
    setTimeout(() => event.target.requestSubmit(), 300);
});

makeDraggable({ root: document.querySelector("[data-board]"), drop: (article, name, index) => place(Number(article), name, index) });
render(null);
