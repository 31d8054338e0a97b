import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

const FIGURES = new URL("../../assets/figures/", import.meta.url);
// Fetches the others, in a page.
const LOADER = "common/loader.js";

test("every module loads by itself, with all that it names of others", async () => {
  const files = readdirSync(FIGURES, { recursive: true }).map((file) => file.replaceAll("\\", "/"));
  const modules = files.filter((file) => file.endsWith(".js") && file !== LOADER);
  assert.ok(modules.length > 50);
  for (const file of modules) await import(new URL(file, FIGURES));
});
