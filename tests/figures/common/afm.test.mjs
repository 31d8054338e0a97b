import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { asWidget } from "../../../assets/figures/common/afm.js";
import { beGuest } from "../../../assets/figures/common/address.js";
import { openPage } from "../page.mjs";

afterEach(() => beGuest(false));

// As much of elements, and of a widget's model, as the adapter asks of them.
class Element {
  constructor() {
    Object.assign(this, { children: [], attributes: {}, parent: null, classList: { toggle() {} } });
  }

  get isConnected() {
    return this.parent?.isConnected ?? this.isPage ?? false;
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  append(...children) {
    for (const child of children) child.parent = this;
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }

  remove() {
    this.parent = null;
  }

  querySelector() {
    return this.children[0];
  }

  attachShadow() {
    assert.equal(this.shadowRoot, undefined);
    this.shadowRoot = new Element();
    this.shadowRoot.parent = this;
    return this.shadowRoot;
  }
}

function createWidgetModel(values) {
  const heard = new Map();
  const saved = [];
  let changed = {};
  return {
    saved,
    get: (name) => values[name],
    set(name, value) {
      values[name] = changed[name] = value;
    },
    save_changes() {
      saved.push(changed);
      changed = {};
    },
    on: (event, then) => heard.set(event, then),
    off: (event, then) => heard.get(event) === then && heard.delete(event),
    // Python sets a trait.
    receive(name, value) {
      values[name] = value;
      heard.get(`change:${name}`)?.();
    },
  };
}

function shown(values = {}) {
  const window = openPage("http://127.0.0.1/lab/tree/a.ipynb?hide=1");
  globalThis.document.createElement = () => new Element();
  globalThis.CSSStyleSheet = class {
    replaceSync(text) {
      this.text = text;
    }
  };
  const notes = [];
  const figures = [];
  const create = (host, data, address) => {
    notes.push(`made ${data.n}`);
    const figure = { update: (told, setters) => (notes.push(`told ${told.n}`), (figure.setters = setters)), destroy: () => notes.push("destroyed"), address };
    figures.push(figure);
    return figure;
  };
  const model = createWidgetModel({ _data: { n: 1 }, _style: ".root { color: red }", _at: -1, ...values });
  const widget = asWidget(create);
  const place = () => Object.assign(new Element(), { isPage: true });
  return { window, notes, figures, model, widget, place };
}

test("a widget is made once where it is rendered, told of what Python sends, and cleaned up", () => {
  const { notes, model, widget, place } = shown();
  const clean = widget.render({ model, el: place() });
  model.receive("_data", { n: 2 });
  clean();
  model.receive("_data", { n: 3 });
  assert.deepEqual(notes, ["made 1", "told 1", "told 2", "destroyed"]);
});

test("what one widget is shown twice is told to both, and one of them is left without the other", () => {
  const { notes, model, widget, place } = shown();
  const heard = [];
  // Both listen to the one model.
  model.on = (event, then) => heard.push(then);
  model.off = (event, then) => heard.splice(heard.indexOf(then), 1);
  const leave = widget.render({ model, el: place() });
  widget.render({ model, el: place() });
  leave();
  model.set("_data", { n: 2 });
  heard.forEach((then) => then());
  assert.deepEqual(notes, ["made 1", "told 1", "made 1", "told 1", "destroyed", "told 2"]);
});

test("the figure's style is its own, and the keys that it is sent are too", () => {
  const { model, widget, place } = shown();
  const el = place();
  widget.render({ model, el });
  assert.deepEqual(el.shadowRoot.adoptedStyleSheets.map(({ text }) => text), [".root { color: red }"]);
  assert.equal(el.children.length, 0);
  assert.equal(el.attributes["data-lm-suppress-shortcuts"], "true");
});

test("an edit goes to Python as it is", () => {
  const { figures, model, widget, place } = shown();
  widget.render({ model, el: place() });
  const message = { session: 7, changes: [{ seq: 1 }], times: 1 };
  figures[0].setters.setStateValue("edit", message);
  assert.deepEqual(model.saved, [{ _edit: message }]);
});

test("the step is kept in the widget, and the host's page is left as it is", () => {
  const { window, figures, model, widget, place } = shown({ _at: 3 });
  widget.render({ model, el: place() });
  const { address } = figures[0];
  assert.equal(address.step(), 3);
  address.tell({ at: 5 });
  address.tell({ at: 5 });
  address.tell({ at: null });
  assert.deepEqual(model.saved, [{ _at: 5 }, { _at: -1 }]);
  assert.ok(Number.isNaN(address.step()));
  assert.equal(window.location.href, "http://127.0.0.1/lab/tree/a.ipynb?hide=1");
  assert.equal(document.documentElement.hasAttribute("data-hide"), false);
});
