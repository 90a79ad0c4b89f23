import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { startServiceProcess } from '../browser/support/serviceProcess.ts';
import { runOperations, expectAgreement } from './chaos/runChaos.ts';
import { createTestBed } from './testBed.ts';
import type { Service } from './testBed.ts';
import { createRandom } from './chaos/faults.ts';

const operations = Number(process.env['KILLED_OPERATIONS'] ?? 240);
const seed = Number(process.env['CHAOS_SEED'] ?? 20_260_318);
/** After so many operations the next write causes a kill of the service. */
const between = 20;

it(
  `three devices lose nothing while the service is killed during writes: ${operations} operations, seed ${seed}`,
  { timeout: 3_600_000 },
  async () => {
    const running = await startServiceProcess({ RATE_LIMIT: '0' });
    const { now } = systemClock(() => performance.timeOrigin + performance.now());
    const testBed = await createTestBed(now());
    const kills = { done: 0, cutOff: 0 };
    const inFlight = new Set<Promise<Response>>();
    let isOver = false;
    let isDue = false;
    let restarted = Promise.resolve();

    /** At different times after the write was sent: before it is read, while it runs, or while it is answered. */
    async function killService() {
      kills.done += 1;
      await sleep(kills.done % 4);
      await running.kill();
      await running.start();
    }
    const service: Service = {
      async request(input, init) {
        const answer = fetch(running.url + input, init).finally(() => inFlight.delete(answer));
        inFlight.add(answer);
        if (!isDue || init.method === 'GET') return answer;
        isDue = false;
        restarted = killService();
        return answer.catch((error: unknown) => {
          kills.cutOff += 1;
          throw error;
        });
      },
    };
    try {
      const person = { address: 'ada@example.com', name: 'Ada', password: 'correct horse battery' };
      await running.addAccount(person);
      const host = {
        key: await running.addToken(person.address),
        service,
        // At the end the devices' clock stops while the service answers, however slow the machine is.
        settle: async () => {
          await sleep(2);
          if (isOver) await Promise.allSettled(inFlight);
        },
        async injectFault(operation: number) {
          if (operation % between !== between - 1) return;
          await restarted;
          isDue = true;
        },
        async recover() {
          await restarted;
          isOver = true;
        },
      };
      const outcome = await runOperations(testBed, host, createRandom(seed), operations);
      expectAgreement(outcome);
      expect(kills.done).toBeGreaterThan(operations / between / 2);
      expect(kills.cutOff).toBeGreaterThan(0);
    } finally {
      await restarted;
      await testBed.close();
      await running.close();
    }
  },
);
