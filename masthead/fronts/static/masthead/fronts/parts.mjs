// Small pieces of the curating screen.

export function el(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name === "className") made.className = value;
        else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
}

export function button(label, run) {
    const made = el("button", { type: "button" }, label);
    made.addEventListener("click", run);
    return made;
}

// A list of places that acts when one is chosen and then shows its label again.
export function zoneSelect(label, zones, choose) {
    const made = el("select", { "aria-label": label }, el("option", { value: "" }, `${label} …`));
    for (const zone of zones) made.append(el("option", { value: zone.name }, zone.label));
    made.addEventListener("change", () => {
        const chosen = made.value;
        made.value = "";
        if (chosen) choose(chosen);
    });
    return made;
}
