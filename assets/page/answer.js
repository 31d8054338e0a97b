// An answer that a press has brought stands below the form: it is brought into view, and said aloud.

const ANSWER = "[data-answer]";

export function bringAnswers(page) {
  // A live region is heard only if it was there before what it says.
  const said = document.createElement("div");
  said.className = "unseen";
  said.setAttribute("role", "status");
  page.append(said);
  let last = null;

  // Whoever comes back to an answer that was seen already is left where they are.
  new MutationObserver(() => {
    const mark = page.querySelector(ANSWER);
    if (!mark || mark.dataset.answer === last) return;
    last = mark.dataset.answer;
    const answer = mark.closest("[class*='st-key-']");
    answer.scrollIntoView({ block: "start" });
    said.textContent = answer.querySelector("strong")?.closest("p").textContent ?? "";
  }).observe(page, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-answer"] });
}
