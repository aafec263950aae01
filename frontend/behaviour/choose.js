// Choosing a colleague by name: those who answer to the words are offered while one types, as a list box under the box.
// Without this the form comes back with them. It waits for a pause, and drops an answer that came too late.

const PAUSE = 200;
const FEWEST = 2;

export function offerColleagues(page) {
  page.querySelectorAll(".eh-chooser").forEach((chooser) => offer(page, chooser));
}

function make(page, tag, attributes, words) {
  const made = page.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  if (words !== undefined) {
    made.textContent = words;
  }
  return made;
}

function offer(page, chooser) {
  const { suggest, of, name } = chooser.dataset;
  const several = "several" in chooser.dataset;
  const box = chooser.querySelector(".eh-chooser__box");
  const label = page.querySelector(`label[for="${box.id}"]`);
  const list = make(page, "ul", { class: "eh-chooser__list", id: `${box.id}_list`, role: "listbox" });
  label.id = label.id || `${box.id}_label`;
  list.setAttribute("aria-labelledby", label.id);
  list.hidden = true;
  const said = make(page, "div", { class: "govuk-visually-hidden", role: "status" });
  box.after(list, said);
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })
    .forEach(([attribute, value]) => box.setAttribute(attribute, value));

  let found = [];
  let at = -1;
  let waiting = 0;
  let asking = null;

  const close = () => {
    window.clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const point = (to) => {
    at = to;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    const option = list.children[at];
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };

  // What was chosen is sent with the words it was chosen for: words that are changed again are looked for anew.
  const chooseOne = (one) => {
    chooser.querySelector(".eh-chooser__found")?.remove();
    chooser.querySelectorAll("input[type=hidden]").forEach((kept) => kept.remove());
    box.value = one.name;
    chooser.append(
      make(page, "input", { type: "hidden", name, value: one.id }),
      make(page, "input", { type: "hidden", name: `${name}_for`, value: one.name }),
    );
  };

  const chooseToo = (one) => {
    const there = [...chooser.querySelectorAll("input[type=checkbox]")].find((each) => each.value === one.id);
    if (there) {
      there.checked = true;
    } else {
      const id = `${box.id}_chosen_${one.id.replace(/\W/g, "_")}`;
      const item = make(page, "div", { class: "govuk-checkboxes__item" });
      const tick = make(page, "input", { type: "checkbox", class: "govuk-checkboxes__input", id, name, value: one.id });
      tick.checked = true;
      item.append(tick, make(page, "label", { class: "govuk-label govuk-checkboxes__label", for: id }, one.name));
      item.append(make(page, "div", { class: "govuk-hint govuk-checkboxes__hint" }, one.hint));
      ticked().append(item);
    }
    box.value = "";
  };

  const ticked = () => {
    const group = chooser.querySelector(".eh-chooser__found .govuk-checkboxes");
    if (group) {
      return group;
    }
    const field = make(page, "fieldset", { class: "govuk-fieldset eh-chooser__found" });
    const legend = make(page, "legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, "Chosen");
    const items = make(page, "div", { class: "govuk-checkboxes" });
    field.append(legend, items);
    chooser.append(field);
    return items;
  };

  const choose = (place) => {
    const one = found[place];
    (several ? chooseToo : chooseOne)(one);
    close();
    said.textContent = `${one.name} is chosen.`;
    box.focus();
  };

  const show = (colleagues) => {
    found = colleagues;
    list.replaceChildren(
      ...found.map((one, place) => {
        const option = make(page, "li", { role: "option", id: `${list.id}_${place}`, "aria-selected": "false" });
        option.append(make(page, "span", { class: "eh-chooser__name" }, one.name));
        option.append(" ", make(page, "span", { class: "eh-chooser__hint" }, one.hint));
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(place));
        return option;
      }),
    );
    at = -1;
    list.hidden = found.length === 0 || page.activeElement !== box;
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
    said.textContent = found.length ? `${found.length} found. Use the arrow keys.` : "We found no colleague by that.";
  };

  async function ask(words) {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`${suggest}?${new URLSearchParams({ q: words, of })}`, { signal: asking.signal });
      // Whoever has been signed out is sent to another page: that is no answer.
      if (answer.ok && !answer.redirected) {
        show((await answer.json()).colleagues);
      }
    } catch (trouble) {
      if (trouble.name !== "AbortError") {
        close();
      }
    }
  }

  box.addEventListener("input", () => {
    close();
    const words = box.value.split(",").pop().trim();
    if (words.length >= FEWEST) {
      waiting = window.setTimeout(() => ask(words), PAUSE);
    }
  });

  box.addEventListener("keydown", (event) => {
    if (list.hidden) {
      return;
    }
    const last = found.length - 1;
    const moves = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last };
    if (event.key in moves) {
      event.preventDefault();
      point(moves[event.key]);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });

  box.addEventListener("blur", close);
}
