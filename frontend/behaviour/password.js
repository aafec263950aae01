// A password can be looked at while it is typed, and a new one (data-least: the fewest letters it may have) says how hard it
// is to guess. Both only help: the server decides, and without scripts the field is as it always was.

const DIFFERENT = 5;
const RUNS = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

// What somebody who guesses tries first counts as one letter: runs of the keyboard, one letter or a piece over and over.
export function weight(words) {
  let left = words.toLowerCase().replace(/password|letmein|welcome|evenhand|(?:19|20)\d\d/g, "~");
  left = left.replace(/(.+?)\1+/gu, "$1");
  for (const run of [...RUNS, ...RUNS.map((each) => [...each].reverse().join(""))]) {
    for (let length = run.length; length > 2; length -= 1) {
      for (let at = 0; at + length <= run.length; at += 1) {
        left = left.replaceAll(run.slice(at, at + length), "~");
      }
    }
  }
  return [...left].length;
}

// How far along, from 0 to 3, and what to do next.
export function strength(words, least) {
  const letters = [...words];
  const missing = least - letters.length;
  if (!letters.length) {
    return [0, ""];
  }
  if (missing > 0) {
    return [1, `Too short: ${missing} more ${missing === 1 ? "character" : "characters"}.`];
  }
  if (/^\d+$/u.test(words)) {
    return [1, "Digits alone are refused: add a word."];
  }
  if (new Set(letters).size < DIFFERENT) {
    return [1, `Refused: use at least ${DIFFERENT} different letters or signs.`];
  }
  if (weight(words) < least) {
    return [1, "Weak: easy to guess. Add a word that has nothing to do with the rest."];
  }
  if (weight(words) < least + 6) {
    return [2, "Fair: one more word makes it much harder to guess."];
  }
  return [3, "Strong."];
}

function addReveal(page, field) {
  const row = page.createElement("div");
  const button = page.createElement("button");
  row.className = "eh-password";
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary eh-password__reveal";
  button.setAttribute("aria-controls", field.id);
  const show = (visible) => {
    field.type = visible ? "text" : "password";
    button.textContent = visible ? "Hide" : "Show";
    button.setAttribute("aria-label", visible ? "Hide what you typed" : "Show what you typed");
  };
  show(false);
  field.autocapitalize = "none";
  field.spellcheck = false;
  field.before(row);
  row.append(field, button);
  button.addEventListener("click", () => show(field.type === "password"));
  // A browser keeps what was typed into a field of plain text, and shows it again.
  field.form?.addEventListener("submit", () => show(false));
}

function addStrength(page, field) {
  const least = Number(field.dataset.least);
  const meter = page.createElement("meter");
  const said = page.createElement("p");
  meter.className = "eh-strength";
  Object.assign(meter, { min: 0, max: 3, low: 1.5, high: 2.5, optimum: 3, value: 0 });
  meter.setAttribute("aria-label", "How hard it is to guess");
  said.className = "govuk-body eh-strength__words";
  said.setAttribute("role", "status");
  field.parentElement.after(meter, said);
  const tell = () => {
    [meter.value, said.textContent] = strength(field.value, least);
  };
  field.addEventListener("input", tell);
  tell();
}

export function helpWithPasswords(page) {
  for (const field of page.querySelectorAll('input[type="password"]')) {
    addReveal(page, field);
    if (field.dataset.least) {
      addStrength(page, field);
    }
  }
}
