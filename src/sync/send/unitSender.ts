import type { Batching } from '../../api/batching.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Op } from '../storage/op.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Unit } from './batchPlan.ts';
import { sendTogether } from './batchSender.ts';
import type { Outcome } from './batchSender.ts';
import { createCancelledUploads } from './cancelledUploads.ts';
import { recordFailures } from './recordFailures.ts';
import { sendChange } from './sendChange.ts';
import type { KnownRows, ServerApis } from './sendChange.ts';
import type { ClaimedRows } from './sendContext.ts';
import { concernsOnlyThis } from './sendFailures.ts';
import type { Turn } from './sendFailures.ts';
import type { SendQueue } from './sendQueue.ts';

type Input = {
  server: ServerApis;
  outbox: Outbox;
  sending: SendQueue;
  clock: Clock;
  known: KnownRows;
  /** The outcome of the last request: null when the server answered. */
  onContact: (failure: FailureKind | null) => void;
  /** The server accepted a change, or rejected one permanently. */
  onProgress: () => void;
};

/** Sends ops, alone or in a batch, and stores the outcomes. */
export type UnitSender = {
  /** Calls `onTurn` for each stored outcome. @throws StorageError when it cannot be stored. */
  send: (unit: Unit, onTurn: (turn: Turn) => void) => Promise<void>;
  /** False once the server was found to take no batches. */
  takesBatches: () => boolean;
  /** Whether the op may go in a batch. */
  mayShare: (op: Op) => boolean;
  /** Ends the requests of ops that the person has cancelled. */
  stopGivenUp: () => void;
};

export function createUnitSender({ server, outbox, sending, clock, known, onContact, onProgress }: Input): UnitSender {
  /** Server ids of what ops have made, by op id: on a server without keys, no second op may be matched to them. */
  const claimed = new Map<string, string>();
  const knownTo = (op: Op): ClaimedRows => ({
    ...known,
    isOurs: (id) => (claimed.get(id) ?? op.id) !== op.id || known.isOurs(id),
    claim: (id) => void claimed.set(id, op.id),
  });
  /** By op id: ops whose part of a batch failed are sent alone. */
  const alone = new Set<string>();
  /** Null until it is needed. */
  let batching: Batching | null = null;
  const cancelledUploads = createCancelledUploads(outbox);
  const recording = { sending, clock, isCancelled: cancelledUploads.includes, onContact, onProgress };

  async function attemptAll(ops: readonly Op[], onTurn: (turn: Turn) => void): Promise<void> {
    const repeats = new Set(ops.flatMap(({ id, firstSentAt }) => (firstSentAt === null ? [] : [id])));
    const started = await sending.beginAll(ops);
    const settle = async (outcomes: readonly Outcome[]) => (await settleAll(outcomes)).forEach(onTurn);
    try {
      batching ??= await server.batching();
    } catch (error) {
      return settle(started.map((op) => ({ op, error })));
    }
    const { signal } = new AbortController();
    const sendOne = (op: Op, { api, extras }: Pick<ServerApis, 'api' | 'extras'>) => {
      const sendOptions = { api, extras: server.extras && extras, attaching: server.attaching };
      return sendChange(op, repeats.has(op.id), {
        ...sendOptions,
        known: knownTo(op),
        files: sending,
        signal,
      });
    };
    await sendTogether(started, batching, sendOne, settle);
  }

  async function settleAll(outcomes: readonly Outcome[]): Promise<readonly Turn[]> {
    const succeeded = outcomes.flatMap((one) => ('effect' in one ? [one] : []));
    const failed = outcomes.flatMap((one) => ('error' in one ? [one] : []));
    try {
      for (const { op, effect } of succeeded) for (const [, id] of effect.ids) claimed.set(id, op.id);
      if (succeeded.length > 0) {
        await sending.settleAll(succeeded.map(({ op, effect }) => ({ op, effect, answer: answerOf(op, effect) })));
        onProgress();
        onContact(null);
      }
    } catch (error) {
      sending.release(failed.map(({ op }) => op));
      throw error;
    }
    for (const { op, error } of failed) if (concernsOnlyThis(error)) alone.add(op.id);
    return recordFailures(failed, recording);
  }

  async function attempt(op: Op): Promise<Turn> {
    const started = await sending.begin(op);
    if (started === undefined) return 'next';
    const { signal, close } = cancelledUploads.follow(op);
    try {
      const sendOptions = { ...server, known: knownTo(op), files: sending, signal };
      const effect = await sendChange(started, op.firstSentAt !== null, sendOptions);
      for (const [, id] of effect.ids) claimed.set(id, op.id);
      const isCancelled = cancelledUploads.includes(op);
      await sending.settle(started, effect, answerOf(started, effect));
      if (isCancelled) await cancelledUploads.removeFromServer(started, effect);
      alone.delete(op.id);
      onProgress();
      onContact(null);
      return 'next';
    } catch (error) {
      const [turn = 'next'] = await recordFailures([{ op: started, error }], recording);
      return turn;
    } finally {
      close();
    }
  }

  const takesBatches = () => batching?.areTaken() !== false;

  return {
    async send(unit, onTurn) {
      const [op, ...others] = unit;
      if (op !== undefined && others.length === 0) onTurn(await attempt(op));
      else await attemptAll(unit, onTurn);
    },
    takesBatches,
    mayShare: (op) => !alone.has(op.id) && (op.firstSentAt === null || server.api.repeats()) && takesBatches(),
    stopGivenUp: cancelledUploads.abort,
  };
}

/** The task as the server has it now. */
function answerOf({ change }: Op, { tasks }: ServerResult) {
  const id = 'taskId' in change ? change.taskId : change.id;
  return tasks.find((task) => task.id === id) ?? tasks[0];
}
