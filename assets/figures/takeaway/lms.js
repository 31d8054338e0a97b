// What a course is told of a reader, where the page stands in one: SCORM 1.2, as spoken by the object `API`
// that the course's page has. Where there is none, and where it fails, nothing happens at all.

// Windows that are looked through, from the page's own outwards.
const MOST_FRAMES = 8;
// From less to more; what else a course may say is less than these.
const STANDS = ["incomplete", "failed", "completed", "passed"];
const STATUS = "cmi.core.lesson_status";
const SCORE = "cmi.core.score";

// `report({ done, score })` tells how far a reader has come: `score` from 0 to 100 where there is one.
// What has been reached stays reached: neither a score nor a status falls again.
// `seen(scene, scenes)` tells that one of a story's scenes is on screen; once all kinds were, the page is done.
export function createReporter(window) {
  const api = found(window);
  if (!api || ask("LMSInitialize", "") !== "true") return { report() {}, seen() {} };
  const began = window.performance.now();
  const kinds = new Set();
  let status = get(STATUS);
  let best = number(get(`${SCORE}.raw`));
  // The course knows what its teacher wants, and may have been told another number than the package.
  const mastery = number(get("cmi.student_data.mastery_score"));
  let ended = false;
  if (rank(status) < rank("failed")) {
    stand("incomplete");
    ask("LMSCommit", "");
  }
  window.addEventListener("pagehide", finish);

  function ask(name, ...values) {
    try {
      return `${api[name](...values)}`;
    } catch {
      return "";
    }
  }

  function get(name) {
    return ask("LMSGetValue", name);
  }

  function set(name, value) {
    ask("LMSSetValue", name, `${value}`);
  }

  function stand(next) {
    status = next;
    set(STATUS, next);
  }

  function report({ done, score = null }) {
    if (ended) return;
    const better = score !== null && !(score <= best);
    if (better) {
      best = Math.round(100 * score) / 100;
      set(`${SCORE}.raw`, best);
      set(`${SCORE}.min`, 0);
      set(`${SCORE}.max`, 100);
    }
    const next = done ? verdict(score) : status;
    const further = rank(next) > rank(status);
    if (further) stand(next);
    if (better || further) ask("LMSCommit", "");
  }

  function verdict(score) {
    if (score === null || Number.isNaN(mastery)) return "completed";
    return best >= mastery ? "passed" : "failed";
  }

  function seen({ kind }, scenes) {
    kinds.add(kind);
    if (scenes.every((scene) => kinds.has(scene.kind))) report({ done: true });
  }

  function finish() {
    if (ended) return;
    ended = true;
    set("cmi.core.session_time", span(window.performance.now() - began));
    // Whoever comes back to what is not done goes on with it.
    set("cmi.core.exit", rank(status) < rank("completed") ? "suspend" : "");
    ask("LMSFinish", "");
  }

  return { report, seen };
}

function rank(status) {
  return STANDS.indexOf(status);
}

// The course's object, in a window round the page or round the one that has opened it.
function found(window) {
  return within(window) ?? within(reached(window, "opener"));
}

function within(window) {
  let frame = window;
  for (let k = 0; frame && k < MOST_FRAMES; k += 1) {
    const api = reached(frame, "API");
    if (typeof reached(api, "LMSInitialize") === "function") return api;
    const parent = reached(frame, "parent");
    frame = parent === frame ? null : parent;
  }
  return null;
}

// Windows of another origin are not to be looked into.
function reached(object, name) {
  try {
    return object?.[name] ?? null;
  } catch {
    return null;
  }
}

function number(said) {
  return said.trim() === "" ? Number.NaN : Number(said);
}

// Milliseconds as HHHH:MM:SS.SS.
function span(milliseconds) {
  const hundredths = Math.min(Math.round(milliseconds / 10), 3_600_000_000 - 1);
  const part = (value, digits) => `${Math.floor(value)}`.padStart(digits, "0");
  const [hours, minutes, seconds] = [hundredths / 360_000, (hundredths / 6000) % 60, (hundredths / 100) % 60];
  return `${part(hours, 4)}:${part(minutes, 2)}:${part(seconds, 2)}.${part(hundredths % 100, 2)}`;
}
