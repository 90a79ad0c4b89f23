import { expect, it } from 'vitest';
import { expectAgreement, runChaos } from './chaos/runChaos.ts';

/** `npm run chaos` runs it longer: as many operations as CHAOS_OPERATIONS says, from CHAOS_SEED on. */
const operations = Number(process.env['CHAOS_OPERATIONS'] ?? 1_000);
const seed = Number(process.env['CHAOS_SEED'] ?? 20_260_318);

it(
  `all devices agree and nothing is lost after ${operations} operations with faults, seed ${seed}`,
  { timeout: 3_600_000 },
  async () => {
    const outcome = await runChaos(seed, operations);
    expectAgreement(outcome);
    // Every kind of fault and action has occurred.
    for (const name of [
      'lost before',
      'lost after',
      'twice',
      'busy',
      'broken',
      'expired',
      'reload',
      'offline',
      'service',
      'batch',
      'halved',
      'refused in a batch',
    ])
      expect(outcome.counts[name], name).toBeGreaterThan(0);
  },
);
