/** The marker that begins a list item in copied text: a bullet or a box. */
const listMarker = /^(?:[-*•–]\s+)?(?:\[[ xX]?\]\s*)?/;
const listNumber = /^(?:[-*•–]\s+)?(\d{1,3})[.)]\s+/;

/** The subjects in typed or pasted text: one for each non-empty line, without list markers. */
export function parsePastedLines(text: string): readonly string[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // A single line is typed: it is kept as it is.
  if (lines.length < 2) return lines;
  const numbers = lines.flatMap((line) => listNumber.exec(line)?.[1] ?? []).map(Number);
  // "24. Dezember" is a date; a list counts from one, and begins again within an item.
  const isList =
    numbers.length > 1 && numbers.every((n, at) => n === 1 || (at > 0 && n === (numbers[at - 1] ?? 0) + 1));
  return lines
    .map((line) =>
      (isList && listNumber.test(line) ? line.replace(listNumber, '') : line.replace(listMarker, '')).trim(),
    )
    .filter((line) => line !== '');
}
