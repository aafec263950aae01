// Every script of the service. Each only makes something quicker or safer that already works without it.

import { Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, createAll } from "govuk-frontend";
import { cameBackTo, keepFormsAsLeft } from "./again.js";
import { focusCheckOnSlash } from "./check.js";
import { showResultsAsTyped } from "./results.js";
import { dropDraftsOnSignOut, keepDrafts } from "./draft.js";
import { offerColleagues } from "./choose.js";
import { closeDropsOnEscape } from "./drop.js";
import { explainPasskeys } from "./passkey.js";
import { helpWithPasswords } from "./password.js";
import { saySomebodyTypes } from "./here.js";
import { sendOnce } from "./once.js";

// A browser may refuse its store altogether, and says so by throwing when it is named.
function localStore() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function start() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  // Before the parts start: a draft put back may tick the box that shows a further question.
  keepDrafts(document, localStore());
  for (const part of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios]) {
    createAll(part);
  }
  focusCheckOnSlash(document);
  showResultsAsTyped(document);
  offerColleagues(document);
  closeDropsOnEscape(document);
  explainPasskeys(document);
  helpWithPasswords(document);
  saySomebodyTypes(document);
  dropDraftsOnSignOut(document, localStore());
  keepFormsAsLeft(document, window.history, cameBackTo(document));
  sendOnce(document);
}

start();
