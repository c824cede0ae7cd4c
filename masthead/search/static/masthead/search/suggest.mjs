// The box works by itself; this offers headlines.
const add = (to, tag, more) => Object.assign(to.appendChild(document.createElement(tag)), more);

for (const box of document.querySelectorAll("[data-suggest]")) {
  const input = box.querySelector("input");
  const list = add(box, "ul", { id: "suggested", role: "listbox", ariaLabel: box.dataset.suggestLabel });
  let timer, at;

  const choose = (to) => {
    at = to;
    [...list.children].forEach((each, n) => { each.ariaSelected = n === at; });
    input.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
  };
  const show = (found) => {
    list.replaceChildren();
    found.forEach(({ headline, url }, n) => {
      const option = add(list, "li", { id: `suggested-${n}`, role: "option" });
      add(option, "a", { href: url, tabIndex: -1, textContent: headline });
    });
    list.hidden = !found.length;
    input.ariaExpanded = !list.hidden;
    choose(-1);
  };
  const look = async () => {
    const typed = input.value.trim();
    const url = `${box.dataset.suggest}?q=${encodeURIComponent(typed)}`;
    const answer = typed[1] && await fetch(url).catch(() => 0);
    const found = answer?.ok ? (await answer.json()).suggestions : [];
    if (typed === input.value.trim()) show(document.activeElement === input ? found : []);
  };

  Object.assign(input, { role: "combobox", ariaAutoComplete: "list" });
  input.setAttribute("aria-controls", list.id);
  show([]);

  list.onpointerdown = (event) => event.preventDefault();
  input.onblur = () => show([]);
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(look, 120);
  };
  input.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const places = list.children.length + 1;
    if (list.hidden) return;
    if (step) choose((at + 1 + step + places) % places - 1);
    else if (event.key === "Escape") show([]);
    else if (event.key === "Enter" && at >= 0) list.children[at].firstChild.click();
    else return;
    event.preventDefault();
  };
}
