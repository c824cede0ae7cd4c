// The fields of one block of an edition.
import { el, button } from "../fronts/parts.mjs";

// each: {block, shown} · changed: keep it · redraw: show the block anew and keep it
export function blockFields(each, state, changed, redraw) {
    const { block } = each;
    const { words } = state;
    const line = (key, label) => input(block, key, label, changed);
    switch (block.kind) {
        case "article": return [tick(block, words.lead, changed), more(words, line("headline", words.own_headline), line("text", words.own_text))];
        case "articles": return [...sectionFields(each, state, changed, redraw), line("title", words.title)];
        case "text": case "greeting": return [richText(block, words, changed)];
        case "offer": return [line("title", words.title), richText(block, words, changed), line("label", words.label), line("link", words.leads_to)];
        case "picture": return [pictureChoice(block, state, changed), line("alt", words.alt), line("caption", words.caption), line("link", words.leads_to)];
        case "placement": return [line("slot", words.place), el("p", { className: "zone__note" }, words.nothing_sold)];
        default: return [];
    }
}

function input(block, key, label, changed) {
    const made = el("input", { type: "text", maxlength: "200", value: block[key] ?? "" });
    made.addEventListener("input", () => { block[key] = made.value; changed(); });
    return el("label", { className: "edition-field" }, label, made);
}

function tick(block, label, changed) {
    const made = el("input", { type: "checkbox" });
    made.checked = block.size === "lead";
    made.addEventListener("change", () => { block.size = made.checked ? "lead" : "row"; changed(); });
    return el("label", { className: "edition-tick" }, made, label);
}

function more(words, ...fields) {
    return el("details", { className: "edition-more" }, el("summary", {}, `${words.own_headline} …`), ...fields);
}

function sectionFields(each, state, changed, redraw) {
    const { block } = each;
    const { words } = state;
    const choice = el("select", {}, el("option", { value: "" }, words.whole_title),
        ...state.sections.map((section) => el("option", { value: section.id }, section.name)));
    choice.value = block.section ?? "";
    choice.addEventListener("change", () => {
        block.section = choice.value ? Number(choice.value) : null;
        block.articles = [];
        redraw();
    });
    const most = el("input", { type: "number", min: "1", max: "12", value: block.most });
    most.addEventListener("change", () => { block.most = Math.max(1, Math.min(12, Number(most.value) || 4)); changed(); });
    const out = each.shown.filter((story) => story.article).map((story) => {
        const made = button("×", () => {
            const shown = each.shown.map((other) => other.article);
            block.articles = shown.filter((other) => other !== story.article);
            redraw();
        });
        made.setAttribute("aria-label", `${words.remove}: ${story.headline}`);
        return el("li", {}, story.headline, " ", made);
    });
    return [
        el("div", { className: "edition-pair" }, el("label", { className: "edition-field" }, words.section, choice), el("label", { className: "edition-field" }, words.how_many, most)),
        ...(block.articles.length ? [] : [el("p", { className: "zone__note" }, words.automatic)]),
        ...(out.length > 1 ? [el("ul", { className: "edition-out" }, ...out)] : []),
    ];
}

// What is written here passes the server's sanitiser; these buttons only help to write it.
function richText(block, words, changed) {
    const area = el("div", { className: "edition-text", contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-label": words.text });
    area.append(new DOMParser().parseFromString(block.html || "<p></p>", "text/html").body.cloneNode(true));
    area.replaceChildren(...area.firstChild.childNodes);
    const keep = () => { block.html = area.innerHTML; changed(); };
    area.addEventListener("input", keep);
    area.addEventListener("paste", (event) => {
        event.preventDefault();
        document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    });
    const tool = (label, command, value) => {
        const made = button(label, () => {
            area.focus();
            const given = value ? value() : null;
            if (!value || given) document.execCommand(command, false, given);
            keep();
        });
        made.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
        return made;
    };
    const tools = el("div", { className: "slot__acts" },
        tool(words.bold, "bold"), tool(words.italic, "italic"),
        tool(words.link, "createLink", () => prompt(words.link_to, "https://")));
    return el("div", { className: "edition-rich" }, tools, area);
}

function pictureChoice(block, state, changed) {
    const { words } = state;
    const choice = el("select", {}, el("option", { value: "" }, words.choose_picture));
    const search = el("input", { type: "search", "aria-label": words.choose_picture });
    const load = async () => {
        const answer = await fetch(`${state.urls.pictures}?q=${encodeURIComponent(search.value)}`);
        if (!answer.ok) return;
        const { found } = await answer.json();
        const known = found.map((each) => el("option", { value: each.id }, each.title));
        if (block.picture && !found.some((each) => each.id === block.picture)) known.push(el("option", { value: block.picture }, `#${block.picture}`));
        choice.replaceChildren(el("option", { value: "" }, words.choose_picture), ...known);
        choice.value = block.picture ?? "";
    };
    let timer = 0;
    search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(load, 250); });
    choice.addEventListener("change", () => { block.picture = choice.value ? Number(choice.value) : null; changed(); });
    load();
    return el("div", { className: "edition-pair" }, search, choice);
}
