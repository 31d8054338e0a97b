// A line of JSON for each test that has ended, for tests/figures/test_figures.py to read.

export default async function* reporter(events) {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    const { name, file, details } = data;
    const error = details.error?.cause ?? details.error;
    yield `${JSON.stringify({ name, file, error: error && (error.stack ?? `${error}`) })}\n`;
  }
}
