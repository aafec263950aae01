// A form marked data-draft="name" keeps what was typed on this telephone until it is sent, so that a lost signal or a flat
// battery costs nothing. It never keeps files, passwords, hidden fields or anything marked data-never-kept, it belongs to
// one colleague (data-draft-of), and it is gone once the server says the form arrived (data-draft-done="name" on a page).

const PREFIX = "evenhand.draft.";
const DAY = 24 * 60 * 60 * 1000;
const UNKEPT = new Set(["hidden", "password", "file", "submit", "button", "search"]);

function keptFields(form) {
  return [...form.elements].filter(
    (field) => field.name && !UNKEPT.has(field.type) && !("neverKept" in field.dataset) && !field.disabled,
  );
}

function read(form) {
  const values = [];
  for (const field of keptFields(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) values.push([field.name, field.value]);
    } else if (field.value) {
      values.push([field.name, field.value]);
    }
  }
  return values;
}

function write(form, values) {
  for (const field of keptFields(form)) {
    const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = mine.includes(field.value);
    } else if (mine.length) {
      field.value = mine[0];
    }
  }
}

// A browser in private use may refuse to store anything; then there is no draft, and nothing else changes.
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

function offer(form, key, store) {
  const kept = attempt(() => JSON.parse(store.getItem(key)));
  const note = form.querySelector("[data-draft-note]");
  // What comes back from the server (data-draft-shown) is what was typed last, with what it found meanwhile.
  if (!kept || Date.now() - kept.at > DAY || "draftShown" in form.dataset) {
    return;
  }
  write(form, kept.values);
  if (note) {
    note.hidden = false;
    note.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
      attempt(() => store.removeItem(key));
      form.reset();
      note.hidden = true;
    });
  }
}

function clearOld(store, done) {
  for (const key of Object.keys(store).filter((name) => name.startsWith(PREFIX))) {
    const kept = attempt(() => JSON.parse(store.getItem(key)));
    if (done.some((name) => key.startsWith(`${PREFIX}${name}.`)) || !kept || Date.now() - kept.at > DAY) {
      store.removeItem(key);
    }
  }
}

// Signing out takes them off this telephone, whosever they are; who would lose one is asked first.
export function dropDraftsOnSignOut(page, store, ask = (words) => window.confirm(words)) {
  page.addEventListener("submit", (event) => {
    if (!("signsOut" in event.target.dataset)) {
      return;
    }
    const kept = attempt(() => Object.keys(store).filter((name) => name.startsWith(PREFIX))) || [];
    if (kept.length && !ask("A report begun on this device has not been sent. Sign out, and lose it?")) {
      event.preventDefault();
      return;
    }
    attempt(() => kept.forEach((name) => store.removeItem(name)));
  });
}

export function keepDrafts(page, store) {
  const done = [...page.querySelectorAll("[data-draft-done]")].map((mark) => mark.dataset.draftDone);
  attempt(() => clearOld(store, done));
  for (const form of page.querySelectorAll("form[data-draft]")) {
    const key = `${PREFIX}${form.dataset.draft}.${form.dataset.draftOf || ""}`;
    offer(form, key, store);
    const keep = () =>
      attempt(() => {
        const values = read(form);
        if (values.length) store.setItem(key, JSON.stringify({ at: Date.now(), values }));
        else store.removeItem(key);
      });
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
  }
}
