import { abilities } from '../wire/dialectCapabilities.ts';
import type { Can, Dialect } from '../wire/dialect.ts';

/** What a server can do: its dialect, and what `/threefold/v1` adds (docs/architecture.md#endpoints-of-our-own). */
export function canOf(dialect: Dialect['name'], hasExtras: boolean): Can {
  const can = abilities[dialect];
  return hasExtras ? { ...can, move: true, bin: true, purge: true, share: true } : can;
}
