import type { ReactNode } from 'react';

export type TreeNode = {
  id: string;
  /** Stable when the server assigns the id, so that text and focus in the row are kept. */
  key: string;
  /** Matched against typed letters. */
  name: string;
  /** The row's accessible name: with the count and its noun, without the row's button. */
  spoken: string;
  /** The open place: `aria-current`. */
  isCurrent?: boolean;
  /** Absent where nothing can be opened. */
  isOpen?: boolean;
  row: ReactNode;
  children?: readonly TreeNode[];
  /** Shown below the row in place of children. */
  empty?: ReactNode;
};
