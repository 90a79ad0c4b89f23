/** Pasted text as items: a line each, without empty ones and without the signs that lists begin with elsewhere. */
export function parsePastedItems(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) =>
      line.replace(/^\s*(?:[-*•·]\s+(?:\[[ xX]\]\s+)?|\[[ xX]?\]\s+|[☐☑✓✔]\s*|\d{1,3}[.)]\s+)?/u, '').trim(),
    )
    .filter((line) => line !== '');
}
