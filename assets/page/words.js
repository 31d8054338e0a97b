// The words of Streamlit's own, in the reader's language.
//
// `said` has them by language and name; with {values}, which are whatever stands there. A text is
// looked up as a whole, so that nothing within a sentence of the app is ever changed.

const VALUE = /\\\{(\w+)\\\}/g;
const SPECIAL = /[.*+?^${}()|[\]\\/]/g;

// Gives a text in `language`, whichever it was in; null where it is none of them.
export function createWords(said, language) {
  const whole = new Map();
  const parts = [];
  for (const [other, words] of Object.entries(said)) {
    if (other === language) continue;
    for (const [name, text] of Object.entries(words)) {
      const wanted = said[language][name];
      const pattern = text.replace(SPECIAL, "\\$&").replace(VALUE, "(?<$1>.+?)");
      if (/\{\w+\}/.test(text)) parts.push([new RegExp(`^${pattern}$`, "s"), wanted]);
      else whole.set(text, wanted);
    }
  }

  function translated(text) {
    const bare = text.trim();
    if (!bare) return null;
    const wanted = whole.get(bare) ?? filled(bare);
    return wanted === null || wanted === bare ? null : text.replace(bare, () => wanted);
  }

  function filled(text) {
    for (const [pattern, wanted] of parts) {
      const found = pattern.exec(text)?.groups;
      if (found) return wanted.replace(/\{(\w+)\}/g, (_, name) => translated(found[name]) ?? found[name]);
    }
    return null;
  }

  return translated;
}
