/*
 * Keys as text: 'Mod+K', 'Shift+D', 'F6', '?', 'Space', or a sequence 'G T'. Letters are written in upper case and mean
 * the key without Shift. Pure functions: hotkeys.ts handles the events.
 */

/** The relevant part of a KeyboardEvent. */
export type KeyPress = {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** AltGr types characters; it counts neither as Ctrl nor as Alt, whatever the system reports. */
  isAltGraph?: boolean;
};

const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified']);

/** The press as a part of a shortcut: 'Mod+Shift+Z', 'D', '?'. Null for a modifier alone. */
export function keyComboOf(press: KeyPress, onMac: boolean): string | null {
  if (modifiers.has(press.key)) return null;
  const key = nameOf(press);
  const isLetter = /^[A-Z]$/.test(key);
  const plainChords = press.isAltGraph ?? false;
  const parts: string[] = [];
  if (!plainChords && (onMac ? press.metaKey : press.ctrlKey)) parts.push('Mod');
  if (!plainChords && onMac && press.ctrlKey) parts.push('Ctrl');
  if (!plainChords && !onMac && press.metaKey) parts.push('Meta');
  if (!plainChords && press.altKey) parts.push('Alt');
  // '?' needs Shift on some keyboards only: for punctuation, the character alone counts.
  if (press.shiftKey && (isLetter || key.length > 1)) parts.push('Shift');
  return [...parts, key].join('+');
}

/** The Latin letter of the key where the layout has another script, so that shortcuts work in Cyrillic or Greek. */
function nameOf(press: KeyPress): string {
  if (press.key === ' ') return 'Space';
  if (press.key.length !== 1) return press.key;
  const onKey = /^Key([A-Z])$/.exec(press.code)?.[1];
  return onKey !== undefined && !/^[\x20-\x7e]$/.test(press.key) ? onKey : press.key.toUpperCase();
}

/** Whether the shortcut types a character: it is off while a field has the focus, and can be switched off. */
export function isSingleKey(chord: string): boolean {
  return chord.split(' ').some((step) => /^(Shift\+)?(.|Space|Delete|Backspace)$/u.test(step));
}
