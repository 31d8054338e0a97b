// Runs the test files named on the command line, all in this one process: `node run.mjs FILES`.

import { test } from "node:test";

for (const file of process.argv.slice(2)) {
  try {
    await import(file);
  } catch (error) {
    // Under the file's own name: the runner would report it as one of this file.
    test(file, () => {
      throw error;
    });
  }
}
