/** What a control of a row does; the grid reads it from `data-act`, so that rows carry no handlers. */
export const rowActs = ['toggle', 'today', 'due', 'flag', 'more', 'delete'] as const;
export type RowAct = (typeof rowActs)[number];
