// A form come back to with the Back button is the form that was left. The browser puts back what was typed; without this the
// page would carry a new token and a newer place in the case beside those old words, so that sending them again would save
// them twice, or pass over what changed meanwhile. The history's own entry keeps what the page carried unseen.

const CARRIED = ["token", "seen"];

function carried(page) {
  return [...page.querySelectorAll("form[method=post] input[type=hidden]")].filter((field) => CARRIED.includes(field.name));
}

export function keepFormsAsLeft(page, history, cameBack) {
  const fields = carried(page);
  const kept = history.state?.carried;
  if (cameBack && kept?.length === fields.length) {
    fields.forEach((field, at) => {
      field.value = kept[at];
    });
  } else if (fields.length) {
    history.replaceState({ ...history.state, carried: fields.map((field) => field.value) }, "");
  }
}

export function cameBackTo(page) {
  return page.defaultView.performance.getEntriesByType("navigation")[0]?.type === "back_forward";
}
