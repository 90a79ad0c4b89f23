import { expect, it } from 'vitest';
import { runChaos } from './chaos.ts';

/** `npm run chaos` runs it longer: as many operations as CHAOS_OPERATIONS says, from CHAOS_SEED on. */
const operations = Number(process.env['CHAOS_OPERATIONS'] ?? 1_000);
const seed = Number(process.env['CHAOS_SEED'] ?? 20_260_318);

it(
  `everybody agrees and nothing is lost after ${operations} operations in bad weather, seed ${seed}`,
  { timeout: 3_600_000 },
  async () => {
    const { clients, service, places, lost, doubled, stuck, counts } = await runChaos(seed, operations);
    expect(stuck).toEqual([]);
    expect(lost).toEqual([]);
    expect(doubled).toEqual([]);
    for (const lines of places.clients) expect(lines).toEqual(places.service);
    for (const shown of clients) expect(shown).toEqual(service);
    // The weather was bad, and people did everything.
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
    ])
      expect(counts[name], name).toBeGreaterThan(0);
  },
);
