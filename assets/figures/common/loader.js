// What Streamlit sends of a figure: where its code and its style lie, and nothing else.
//
// It stands in the same message as the figure's data and comes with every answer, so it is short. The
// browser fetches the rest once. `at` is written in by app/stage/component.py.

const at = (name) => new URL(name, document.baseURI).href;
const code = import(at("{js}"));
const style = fetch(at("{css}")).then((answer) => {
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
});
// What is on the page, by its element: the last call's arguments, and the module once it is there.
const figures = new WeakMap();

export default function (component) {
  const { parentElement } = component;
  const figure = figures.get(parentElement) ?? begin(parentElement);
  figure.last = { ...component, data: component.data.figure };
  figure.unloaded = component.data.unloaded;
  figure.draw?.();
  return () => {
    figures.delete(parentElement);
    figure.gone = true;
    figure.clean?.();
  };
}

function begin(parentElement) {
  const figure = { last: null, unloaded: "", gone: false, draw: null, clean: null };
  figures.set(parentElement, figure);
  Promise.all([code, style]).then(
    ([module, css]) => {
      if (figure.gone) return;
      dress(parentElement.getRootNode(), css);
      figure.draw = () => (figure.clean = module.default(figure.last));
      figure.draw();
    },
    () => (parentElement.querySelector(".root").textContent = figure.unloaded),
  );
  return figure;
}

function dress(root, css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
}
