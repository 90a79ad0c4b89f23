/**
 * The caret position after a key press in plain text, as an index; ArrowLeft is backward. Only line breaks end lines.
 * Other keys keep the position.
 */
export function caretAfter(text: string, at: number, key: string): number {
  const start = startOfLine(text, at);
  const end = endOfLine(text, at);
  switch (key) {
    case 'ArrowLeft':
      return graphemesOf(text.slice(0, at)).at(-1)?.index ?? 0;
    case 'ArrowRight':
      return at + (graphemesOf(text.slice(at))[0]?.segment.length ?? 0);
    case 'ArrowUp':
      return start === 0 ? 0 : Math.min(startOfLine(text, start - 1) + at - start, start - 1);
    case 'ArrowDown':
      return end === text.length ? end : Math.min(end + 1 + at - start, endOfLine(text, end + 1));
    case 'Home':
      return start;
    case 'End':
      return end;
    default:
      return at;
  }
}

/** The grapheme clusters of a text; each may be several code units. */
function graphemesOf(text: string): readonly Intl.SegmentData[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)];
}

function startOfLine(text: string, at: number): number {
  return text.slice(0, at).lastIndexOf('\n') + 1;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
