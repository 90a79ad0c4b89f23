import type { Capabilities, Dialect } from './dialect.ts';

/** The capabilities of each dialect, available before its codecs are loaded (docs/architecture.md#dialects). */
export const dialectCapabilities: Readonly<Record<Dialect['name'], Capabilities>> = {
  outlookRest: { groups: true, delta: true, move: false, bin: false, purge: false, share: true },
  graphBeta: { groups: true, delta: false, move: false, bin: false, purge: true, share: true },
};
