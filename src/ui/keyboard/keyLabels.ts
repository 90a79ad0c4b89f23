/** Formats keys for people. Key names are not translated: they are printed on keyboards in English. */

const plain: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
  Delete: 'Del',
};

const apple: Readonly<Record<string, string>> = { ...plain, Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃', Delete: '⌦' };

/** Whether this is macOS, iOS or iPadOS, where `Mod` is ⌘ and not Ctrl. */
export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);
}

/** 'Mod+Shift+Z' → ['Ctrl', 'Shift', 'Z']; 'G T' → ['G', 'T']. */
export function keyLabels(keys: string, onMac: boolean): readonly string[] {
  const names = onMac ? apple : plain;
  return keys.split(/[ +](?=\S)/).map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** 'Mod+Z' → 'Control+Z' or 'Meta+Z', for `aria-keyshortcuts`. */
export function ariaKeyShortcuts(keys: string): string {
  return keys.replace('Mod', isMac() ? 'Meta' : 'Control');
}
