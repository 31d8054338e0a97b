// The address of the page: it is read and written here, and nowhere else.
//
// In the app the page is the figures'. In a notebook they are guests: the address, the marks on the document
// and its keys are the host's, who hears nothing of them.

let guest = false;

// For all figures of this script, before the first of them is made.
export function beGuest(on = true) {
  guest = on;
}

export function isGuest() {
  return guest;
}

// What the address says under this name; null where it says nothing.
export function asked(name) {
  return guest ? null : new URL(window.location.href).searchParams.get(name);
}

// Has the address say these values, by name; null is left out of it.
export function tell(values) {
  if (guest) return;
  const url = addressWith(values);
  if (url !== window.location.href) window.history.replaceState(window.history.state, "", url);
}

// The page's address, if it said these values.
export function addressWith(values) {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return url.href;
}

// Marks the document while the address is behind what is on screen.
export function markBehind(on) {
  if (guest) return;
  if (on) document.documentElement.dataset.addressBehind = "";
  else delete document.documentElement.dataset.addressBehind;
}
