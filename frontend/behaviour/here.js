// Whoever types for a long time is still there: the page says so (to the address in data-here), now and then and only while
// they type, so that nobody is signed out in the middle of a sentence.

const EVERY = 2 * 60 * 1000;

export function saySomebodyTypes(page, ask = (address) => fetch(address, { redirect: "manual" }), clock = Date.now) {
  const address = page.body.dataset.here;
  if (!address) {
    return;
  }
  let last = clock();
  page.addEventListener("input", () => {
    if (clock() - last >= EVERY) {
      last = clock();
      ask(address).catch(() => {});
    }
  });
}
