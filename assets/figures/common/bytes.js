// Arrays as Python sends them: their bytes in base64, little-endian, as every browser's are.

export function unpack(base64, Kind) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return new Kind(bytes.buffer);
}
