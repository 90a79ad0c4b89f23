/** How keys are written for people. The words on key caps are not translated: they are what is printed on the keyboard. */

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

/** True on macOS, iOS and iPadOS, where `Mod` is ⌘ and not Ctrl. */
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
