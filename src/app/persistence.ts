/** Small device preferences outside any account, such as pane widths. Without storage they are lost, harmlessly. */
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
      // Storage is full or blocked, and these preferences are dispensable.
    }
  },
};
