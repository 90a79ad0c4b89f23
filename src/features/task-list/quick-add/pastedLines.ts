/** Signs that begin an item of a list in text that was copied from somewhere: bullets, boxes, numbers. */
const itemSign = /^\s*(?:[-*•–]\s+)?(?:\[[ xX]?\]\s*|\d{1,3}[.)]\s+)?/;

/** The tasks that a typed or pasted text stands for: one for each line with words, without the signs of a list. */
export function parsePastedLines(text: string): readonly string[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // One line is what somebody typed: it is kept as it is.
  if (lines.length < 2) return lines;
  return lines.map((line) => line.replace(itemSign, '').trim()).filter((line) => line !== '');
}
