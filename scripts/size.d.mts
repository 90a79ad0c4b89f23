/** Chunk files of the first screen with their compressed sizes in bytes, largest first. */
export function firstScreen(): [file: string, bytes: number][];
export const budget: number;
export function checkSize(write: (text: string) => void): boolean;
