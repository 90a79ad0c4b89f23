/**
 * Small texts kept on this device outside any account: pane widths, the last place. A browser that refuses storage
 * forgets them, and nothing else happens.
 */
export const persistence = {
  read(name: string): string | null {
    try {
      return localStorage.getItem(`threefold.${name}`);
    } catch {
      return null;
    }
  },
  save(name: string, text: string): void {
    try {
      localStorage.setItem(`threefold.${name}`, text);
    } catch {
      // Storage is full or refused: what is kept here is a convenience.
    }
  },
};
