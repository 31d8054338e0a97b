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
const KEYED = "roipool-keys";
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

// Tells `stepped` of a step that was asked for anywhere on the page: 1 on, -1 back.
export function watchSteps(stepped) {
  return watch(STEPPED, (by) => (stepped(by), true));
}

// Tells `keyed` when the list of keys is asked for, or with false to be put away; it says whether it was.
export function watchKeys(keyed) {
  return watch(KEYED, keyed);
}

function watch(name, take) {
  const heard = (event) => take(event.detail) && event.preventDefault();
  window.addEventListener(name, heard);
  return () => window.removeEventListener(name, heard);
}

// Whether anything on the page has taken it.
function offer(name, detail) {
  return !window.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
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
  if (!handle(event, shiftKey, event.composedPath())) return;
  event.preventDefault();
  event.stopPropagation();
}

function handle({ key, repeat }, shiftKey, path) {
  const name = KEYS[key.toLowerCase()];
  if (name) return repeat || flip(name);
  if (key === "?") return offer(KEYED, true);
  if (key === "Escape" && offer(KEYED, false)) return true;
  if (shiftKey) return false;
  if (key === "Escape") return isOn("present") && !isBusy() && flip("present");
  // Where there is no story to step through the keys are the page's.
  return key in STEPS && steps(key, path) && offer(STEPPED, STEPS[key]);
}

// A clicker steps wherever the focus is, and so do the arrows, but for who has gone to what they move. On a
// page that is not presented they step only where nothing has the focus, and up and down scroll.
function steps(key, path) {
  if (isOn("present")) return key.startsWith("Page") || !path.some(({ dataset }) => dataset?.arrows);
  return (key === "ArrowLeft" || key === "ArrowRight") && path[0].tagName === "BODY";
}

// Whether something on a figure is open, or in the hand, that Escape leaves first.
function isBusy() {
  return figures().some((figure) => (figure.shadowRoot ?? figure).querySelector(".card:not([hidden]), .brushing, .box-focus:focus"));
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
