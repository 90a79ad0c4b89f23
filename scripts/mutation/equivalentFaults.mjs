/**
 * Faults that change nothing that can be observed, as `file  original  →  replacement`, each with the reason. They count
 * neither as caught nor as survived.
 */
export const equivalentFaults = new Map([
  [
    "src/domain/changes/completion.ts  range.type === 'numbered'  →  ((range.type) !== ('numbered'))",
    'The rule itself has no further date.',
  ],
]);
