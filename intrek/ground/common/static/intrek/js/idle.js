// A screen that nobody touches locks itself; after one touch one is back on the page and in the field one was in.

const EVERY = 5 * 1000;
const TELL_AFTER = 2 * 60 * 1000;
const TOUCHED = "touched";
const PLACE = "place";
const seconds = Number(document.body.dataset.locksAfter);
let told = Date.now();

// Whoever works in another tab is here too.
const lastTouched = () => Number(localStorage.getItem(TOUCHED)) || told;

function touched() {
  const now = Date.now();
  localStorage.setItem(TOUCHED, now);
  if (now - told > TELL_AFTER) {
    told = now;
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    fetch(document.body.dataset.here, { method: "POST", headers, redirect: "manual" }).catch(() => {});
  }
}

function rememberPlace() {
  const id = document.activeElement?.id;
  if (id) {
    sessionStorage.setItem(PLACE, JSON.stringify({ path: location.pathname, id }));
  }
}

function backToPlace() {
  const found = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  const cameFrom = document.referrer && new URL(document.referrer).pathname;
  if (found?.path === location.pathname && (cameFrom || "").startsWith("/accounts/")) {
    document.getElementById(found.id)?.focus();
  }
}

if (seconds) {
  touched();
  backToPlace();
  for (const kind of ["keydown", "pointerdown", "scroll"]) {
    document.addEventListener(kind, touched, { passive: true });
  }
  window.addEventListener("pagehide", rememberPlace);
  setInterval(() => {
    if (Date.now() - lastTouched() > seconds * 1000) {
      document.getElementById("lock").submit();
    }
  }, EVERY);
}
