import { dialectCapabilities } from '../wire/dialectCapabilities.ts';
import type { Capabilities, Dialect } from '../wire/dialect.ts';

/**
 * The capabilities of a server: its dialect's, and those that `/threefold/v1` adds
 * (docs/architecture.md#endpoints-of-our-own).
 */
export function serverCapabilities(dialect: Dialect['name'], hasExtras: boolean): Capabilities {
  const can = dialectCapabilities[dialect];
  return hasExtras ? { ...can, move: true, bin: true, purge: true, share: true } : can;
}
