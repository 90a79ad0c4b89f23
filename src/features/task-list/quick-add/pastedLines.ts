/** The marker that begins a list item in copied text: a bullet, a box or a number. */
const listMarker = /^\s*(?:[-*•–]\s+)?(?:\[[ xX]?\]\s*|\d{1,3}[.)]\s+)?/;

/** The subjects in typed or pasted text: one for each non-empty line, without list markers. */
export function parsePastedLines(text: string): readonly string[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // A single line is typed: it is kept as it is.
  if (lines.length < 2) return lines;
  return lines.map((line) => line.replace(listMarker, '').trim()).filter((line) => line !== '');
}
