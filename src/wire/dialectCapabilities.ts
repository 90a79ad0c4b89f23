import type { Can, Dialect } from './dialect.ts';

/** What each dialect offers by itself, known before its codecs are loaded (docs/architecture.md#dialects). */
export const abilities: Readonly<Record<Dialect['name'], Can>> = {
  outlookRest: { groups: true, delta: true, move: false, bin: false, purge: false, share: true },
  graphBeta: { groups: true, delta: false, move: false, bin: false, purge: true, share: true },
};
