/*
 * Keys as text: 'Mod+K', 'Shift+D', 'F6', '?', 'Space', or a sequence 'G T'. Letters are written upper case and mean the
 * letter without Shift. Pure: hotkeys.ts brings the events.
 */

/** The part of a KeyboardEvent that decides. */
export type KeyPress = {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** AltGr types characters; it is neither Ctrl nor Alt here, whatever the system reports. */
  isAltGraph?: boolean;
};

const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified']);

/** The press as a step of a chord: 'Mod+Shift+Z', 'D', '?'. Null for a modifier alone. */
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
  // '?' needs Shift on one keyboard and not on the next: for signs, the sign alone counts.
  if (press.shiftKey && (isLetter || key.length > 1)) parts.push('Shift');
  return [...parts, key].join('+');
}

/** The letter on the key where the layout types another script, so that shortcuts work in Cyrillic or Greek. */
function nameOf(press: KeyPress): string {
  if (press.key === ' ') return 'Space';
  if (press.key.length !== 1) return press.key;
  const onKey = /^Key([A-Z])$/.exec(press.code)?.[1];
  return onKey !== undefined && !/^[\x20-\x7e]$/.test(press.key) ? onKey : press.key.toUpperCase();
}

/** True for chords that type: they wait while a field has focus, and can be switched off. */
export function isSingleKey(chord: string): boolean {
  return chord.split(' ').some((step) => /^(Shift\+)?(.|Space|Delete|Backspace)$/u.test(step));
}
