// The recipe of a newsletter: steps in order, kept as JSON in the form's own field.
import { el, button } from "../fronts/parts.mjs";

const { steps, chosen, words } = JSON.parse(document.getElementById("recipe-state").textContent);
const field = document.querySelector("[name=recipe]");
const list = document.querySelector("[data-steps]");

const keep = () => { field.value = JSON.stringify(chosen); };

function move(from, to) {
    const [lifted] = chosen.splice(from, 1);
    chosen.splice(to, 0, lifted);
    render(to);
}

function stepBox(step, index) {
    const known = steps[step.step];
    const act = (key, label, run, sign, disabled = false) => {
        const made = button(sign, run);
        Object.assign(made, { title: label, disabled });
        made.dataset.act = key;
        made.setAttribute("aria-label", `${label}: ${known.label}`);
        return made;
    };
    const numbers = Object.entries(known.numbers).map(([name, [least, usual, most]]) => {
        const input = el("input", { type: "number", min: least, max: most, value: step[name] ?? usual });
        input.addEventListener("change", () => { step[name] = Math.max(least, Math.min(most, Number(input.value) || usual)); keep(); });
        return el("label", { className: "edition-field" }, words[name] ?? name, input);
    });
    const names = { html: words.text, title: words.title, label: words.label, link: words.leads_to, slot: words.place };
    const texts = known.texts.map((name) => {
        const input = el(name === "html" ? "textarea" : "input", name === "html" ? { rows: "2" } : { type: "text", value: step[name] ?? "" });
        if (name === "html") input.value = (step.html ?? "").replace(/<\/p>\s*<p>/g, "\n").replace(/<\/?p>/g, "");
        input.addEventListener("input", () => { step[name] = name === "html" ? paragraphs(input.value) : input.value; keep(); });
        return el("label", { className: "edition-field" }, names[name], input);
    });
    return el("li", { className: "slot", tabindex: "-1" },
        el("div", { className: "edition-block__head" }, el("h3", {}, known.label),
            el("div", { className: "slot__acts" },
                act("up", words.up, () => move(index, index - 1), "↑", index === 0),
                act("down", words.down, () => move(index, index + 1), "↓", index === chosen.length - 1),
                act("remove", words.remove, () => { chosen.splice(index, 1); render(Math.min(index, chosen.length - 1)); }, "×"))),
        el("p", { className: "slot__meta" }, known.help),
        el("div", { className: "edition-pair" }, ...numbers), ...texts);
}

const paragraphs = (text) => text.split("\n").filter((each) => each.trim()).map((each) => `<p>${each}</p>`).join("");

function render(focused = null) {
    keep();
    const act = document.activeElement?.dataset?.act;
    list.replaceChildren(...chosen.filter((step) => steps[step.step]).map(stepBox));
    if (!chosen.length) list.append(el("li", { className: "desk-empty" }, words.empty));
    const box = focused === null ? null : list.children[focused];
    ((act && box?.querySelector(`[data-act="${act}"]:not(:disabled)`)) || box)?.focus?.();
}

const choice = el("select", { "aria-label": words.add }, el("option", { value: "" }, `${words.add} …`),
    ...Object.entries(steps).map(([name, step]) => el("option", { value: name }, step.label)));
choice.addEventListener("change", () => {
    const name = choice.value;
    choice.value = "";
    if (!name) return;
    const numbers = Object.fromEntries(Object.entries(steps[name].numbers).map(([key, [, usual]]) => [key, usual]));
    chosen.push({ step: name, ...numbers });
    render(chosen.length - 1);
});
document.querySelector("[data-add]").append(choice);
render();
