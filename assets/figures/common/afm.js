// What every figure does as a widget of a notebook, in the words of anywidget: it is rendered once for each
// place where it is shown, told of new data, and answers through the widget's traits.
//
//   _data   what Python sends, as to a component of the app
//   _style  the figure's sheets: in a shadow root, so that neither the notebook's nor another widget's meet them
//   _edit   what the hand has changed: see post.js
//   _at     the step of the story that is shown; -1 is its end

import { beGuest } from "./address.js";
import { html } from "./dom.js";
import { mounted } from "./mount.js";

export function asWidget(create) {
  function render({ model, el }) {
    beGuest();
    const root = html("div", { class: "root" });
    const place = html("div", {}, root);
    dress(el, model.get("_style")).replaceChildren(place);
    const component = mounted((host, data) => create(host, data, addressIn(model)));
    const setStateValue = (name, value) => put(model, `_${name}`, value);
    const draw = () => component({ parentElement: place, data: model.get("_data"), setStateValue, setTriggerValue() {} });
    const clean = draw();
    model.on("change:_data", draw);
    return () => {
      model.off("change:_data", draw);
      // What is still on the page is not cleaned up.
      place.remove();
      clean();
    };
  }

  return { render };
}

function dress(el, style) {
  // Some JupyterLabs hear the keys of the whole page before anybody else does, but for such an element's.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  const shadow = el.shadowRoot ?? el.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  return shadow;
}

// What the page's address is in the app: where the step is kept that is shown.
function addressIn(model) {
  return {
    step: () => (model.get("_at") < 0 ? Number.NaN : model.get("_at")),
    tell: ({ at }) => put(model, "_at", at ?? -1),
  };
}

function put(model, name, value) {
  if (model.get(name) === value) return;
  model.set(name, value);
  model.save_changes();
}
