/** Longer texts stay without formatting: an editor draws each of their lines as an element. */
const maxLength = 200_000;
const maxLines = 5_000;

/** Whether the editor can take this text without a noticeable delay. */
export function canFormat(text: string): boolean {
  if (text.length > maxLength) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines <= maxLines;
}

/**
 * Whether a line, up to the letter just typed, ends in what begins formatting: `- `, `1. `, `# ` or words in two asterisks;
 * or in `[ ] `, which becomes a box.
 */
export function isFormattingTyped(line: string): boolean {
  return (
    /^(?:\s{0,8}[-*•]|\d{1,3}[.)]|#{1,3}|\s{0,8}\[[ xX]?\])\s$/.test(line) ||
    /\*\*[^*\s](?:[^*]*[^*\s])?\*\*$/.test(line)
  );
}

export type FormattingKey = 'bold' | 'italic' | 'underline';

const keys: Readonly<Record<string, FormattingKey>> = { b: 'bold', i: 'italic', u: 'underline' };

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export function formattingKey({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): FormattingKey | null {
  return (ctrlKey || metaKey) && !altKey && !shiftKey ? (keys[key.toLowerCase()] ?? null) : null;
}
