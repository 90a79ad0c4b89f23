import { createContext } from 'react';

/** Whether the tree's one tab stop is on this row: only there does Tab reach the row's button. */
export const IsTabStop = createContext(false);
