import { dialectCapabilities } from '../wire/dialectCapabilities.ts';
import type { Capabilities, Dialect } from '../wire/dialect.ts';

/** What a server can do: its dialect, and what `/threefold/v1` adds (docs/architecture.md#endpoints-of-our-own). */
export function serverCapabilities(dialect: Dialect['name'], hasExtras: boolean): Capabilities {
  const can = dialectCapabilities[dialect];
  return hasExtras ? { ...can, move: true, bin: true, purge: true, share: true } : can;
}
