// How the page is looked at, whatever is on it: presented to a room, and with the answer hidden.
//
// Both stand on the document, where the page's own style finds them too, and in its address: a reload
// keeps them, and the next page of the app takes them along. Each figure's code is linked by itself, so
// what they share is kept there and not in a module. Where the document is another's nothing is marked on
// it and no key of it heard: a figure is looked at as it is.

import { asked, isGuest, tell } from "./address.js";

const KEYS = { p: "present", h: "hide" };
const CHANGED = "roipool-looks";
const STEPPED = "roipool-step";
// What a clicker sends, beside the arrows.
const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
const READY = Symbol.for("roipool.looks");

// Whether the document is looked at that way: `name` is "present" or "hide".
export function isOn(name) {
  return !isGuest() && (globalThis.document?.documentElement.hasAttribute(`data-${name}`) ?? false);
}

export function put(name, on) {
  document.documentElement.toggleAttribute(`data-${name}`, on);
  keepInAddress();
  window.dispatchEvent(new Event(CHANGED));
}

// Takes the looks from the address when the document opens; after that the address follows, on the pages
// too that have no figure.
export function keepLooks() {
  if (isGuest()) return;
  if (!window[READY]) begin();
  // Another page of the app has an address of its own.
  keepInAddress();
}

// Tells `changed` of every other look; returns how to end that.
export function watchLooks(changed) {
  keepLooks();
  window.addEventListener(CHANGED, changed);
  return () => window.removeEventListener(CHANGED, changed);
}

// Tells `stepped` of a step that was asked for anywhere on a presented page: 1 on, -1 back.
export function watchSteps(stepped) {
  const heard = (event) => {
    event.preventDefault();
    stepped(event.detail);
  };
  window.addEventListener(STEPPED, heard);
  return () => window.removeEventListener(STEPPED, heard);
}

function begin() {
  window[READY] = true;
  for (const name of Object.values(KEYS)) {
    document.documentElement.toggleAttribute(`data-${name}`, asked(name) === "1");
  }
  // Before anything else on the page hears of it: there the arrows move the box.
  window.addEventListener("keydown", pressed, true);
}

function keepInAddress() {
  tell(Object.fromEntries(Object.values(KEYS).map((name) => [name, isOn(name) ? "1" : null])));
}

function pressed(event) {
  const { ctrlKey, altKey, metaKey, shiftKey } = event;
  if (ctrlKey || altKey || metaKey || event.isComposing || isTyping(event.composedPath()[0], event.key)) return;
  if (!handle(event, shiftKey)) return;
  event.preventDefault();
  event.stopPropagation();
}

function handle({ key, repeat }, shiftKey) {
  const name = KEYS[key.toLowerCase()];
  if (name) return repeat || flip(name);
  if (!isOn("present") || shiftKey) return false;
  if (key === "Escape") return !isBusy() && flip("present");
  if (!(key in STEPS)) return false;
  // Where there is no story to step through the keys are the page's.
  return !window.dispatchEvent(new CustomEvent(STEPPED, { detail: STEPS[key], cancelable: true }));
}

// Whether something on a figure is open, or in the hand, that Escape leaves first.
function isBusy() {
  return figures().some((figure) => (figure.shadowRoot ?? figure).querySelector(".card:not([hidden]), .brushing"));
}

// What mount.js has marked: the elements of the document that hold a figure.
function figures() {
  return [...document.querySelectorAll("[data-figure]")];
}

function flip(name) {
  const on = !isOn(name);
  // A page without a figure has nothing to present.
  if (name === "present" && on && figures().length === 0) return false;
  put(name, on);
  return true;
}

function isTyping({ tagName, type, isContentEditable }, key) {
  if (tagName === "INPUT") return !["radio", "checkbox", "button", "range"].includes(type);
  // The speed, chosen once: after that a clicker steps.
  if (tagName === "SELECT") return !(isOn("present") && (key in STEPS || key === "Escape"));
  return tagName === "TEXTAREA" || isContentEditable;
}
