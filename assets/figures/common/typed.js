// Numbers as people type them: with a Chinese input method, full width, and with its own marks.

const WIDE = /[\uff01-\uff5e\u3000]/g;
const MARKS = [
  [/(?<=\d)\u3002|\u3002(?=\d)/g, "."],
  [/(?<=\d)\u3001|\u3001(?=[\d.+-])/g, ","],
  [/[\u2010-\u2013\u2212](?=[\d.])/g, "-"],
];

// The same text in the signs of a keyboard; the twin of `plain_signs` in app/files/typed.py.
export function plainSigns(text) {
  const narrow = text.replace(WIDE, (sign) => sign.normalize("NFKC"));
  return MARKS.reduce((said, [mark, plain]) => said.replace(mark, plain), narrow);
}

// What somebody typed into a field, in plain signs, which then stand there too.
export function plainField(input) {
  const plain = plainSigns(input.value);
  if (plain !== input.value) input.value = plain;
  return plain;
}
