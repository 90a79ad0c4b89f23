import type { Batching } from '../../api/batching.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import { addMs } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { StorageError } from '../storage/accountStore.ts';
import type { Op } from '../storage/op.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Unit } from './batchPlan.ts';
import { sendTogether } from './batchSender.ts';
import type { Outcome } from './batchSender.ts';
import { sendChange } from './sendChange.ts';
import type { KnownRows, ServerApis } from './sendChange.ts';
import { concernsOnlyThis, judge, nothing } from './sendFailures.ts';
import type { Turn } from './sendFailures.ts';
import type { SendQueue } from './sendQueue.ts';

type Input = {
  server: ServerApis;
  outbox: Outbox;
  sending: SendQueue;
  clock: Clock;
  known: KnownRows;
  /** How the last attempt to reach the server went: null when it answered. */
  onContact: (failure: FailureKind | null) => void;
  /** The server took a change, or refused one for good. */
  onProgress: () => void;
};

/** Sends ops, one by itself or several in a batch, and writes down what came of it. */
export type UnitSender = {
  /** Calls `take` for each outcome that was written down. @throws StorageError when it cannot be. */
  send: (unit: Unit, take: (turn: Turn) => void) => Promise<void>;
  /** Whether the op may go in a batch. */
  mayShare: (op: Op) => boolean;
  /** Ends the requests of ops that the person has given up. */
  stopGivenUp: () => void;
};

export function createUnitSender({ server, outbox, sending, clock, known, onContact, onProgress }: Input): UnitSender {
  /** How to end what is being sent, by op id. */
  const stops = new Map<string, AbortController>();
  /** Found on a server without keys, and taken for one of ours: no second op may take it too. */
  const claimed = new Set<string>();
  const isOurs = (id: string) => claimed.has(id) || known.isOurs(id);
  /** By op id: what a batch did not get through goes by itself. */
  const alone = new Set<string>();
  /** Null until it was needed. */
  let batching: Batching | null = null;

  async function attemptAll(ops: readonly Op[], take: (turn: Turn) => void): Promise<void> {
    const repeats = new Set(ops.flatMap(({ id, firstSentAt }) => (firstSentAt === null ? [] : [id])));
    const begun = await sending.beginAll(ops);
    const settle = async (outcomes: readonly Outcome[]) => (await settleAll(outcomes)).forEach(take);
    try {
      batching ??= await server.batching();
    } catch (error) {
      return settle(begun.map((op) => ({ op, error })));
    }
    const { signal } = new AbortController();
    const sendOne = (op: Op, { api, extras }: Pick<ServerApis, 'api' | 'extras'>) => {
      const given = { api, extras: server.extras && extras, attaching: server.attaching };
      return sendChange(op, repeats.has(op.id), { ...given, known: { ...known, isOurs }, files: sending, signal });
    };
    await sendTogether(begun, batching, sendOne, settle);
  }

  async function settleAll(outcomes: readonly Outcome[]): Promise<readonly Turn[]> {
    const taken = outcomes.flatMap((one) => ('effect' in one ? [one] : []));
    const failed = outcomes.flatMap((one) => ('error' in one ? [one] : []));
    try {
      for (const { effect } of taken) for (const [, id] of effect.ids) claimed.add(id);
      if (taken.length > 0) {
        await sending.settleAll(taken.map(({ op, effect }) => ({ op, effect, answer: answerOf(op, effect) })));
        onProgress();
        onContact(null);
      }
    } catch (error) {
      sending.release(failed.map(({ op }) => op));
      throw error;
    }
    for (const { op, error } of failed) if (concernsOnlyThis(error)) alone.add(op.id);
    return afterFailures(failed);
  }

  async function attempt(op: Op): Promise<Turn> {
    const begun = await sending.begin(op);
    if (begun === undefined) return 'next';
    const stop = new AbortController();
    stops.set(op.id, stop);
    try {
      const given = { ...server, known: { ...known, isOurs }, files: sending, signal: stop.signal };
      const effect = await sendChange(begun, op.firstSentAt !== null, given);
      for (const [, id] of effect.ids) claimed.add(id);
      if (isGivenUp(op)) await takeBack(begun, effect);
      else await sending.settle(begun, effect, answerOf(begun, effect));
      alone.delete(op.id);
      onProgress();
      onContact(null);
      return 'next';
    } catch (error) {
      const [turn = 'next'] = await afterFailures([{ op: begun, error }]);
      return turn;
    } finally {
      stops.delete(op.id);
    }
  }

  /** The task as the server has it now. */
  function answerOf({ change }: Op, { tasks }: ServerResult) {
    const id = 'taskId' in change ? change.taskId : change.id;
    return tasks.find((task) => task.id === id) ?? tasks[0];
  }

  /** Files only: the person need not wait for a long upload to end before calling it off. */
  const isGivenUp = (op: Op) => op.change.kind === 'addAttachment' && !outbox.ops().some(({ id }) => id === op.id);

  /** It arrived in the moment it was given up: it is taken off again. */
  async function takeBack(op: Op, effect: ServerResult) {
    const [made] = effect.ids;
    await sending.settle(op, effect, answerOf(op, effect));
    if (made === undefined || op.change.kind !== 'addAttachment') return;
    const { mailbox, taskId, folderId, draft, subject } = op.change;
    const change = {
      kind: 'removeAttachment',
      mailbox,
      id: made[1],
      taskId,
      folderId,
      name: draft.name,
      subject,
    } as const;
    await outbox.add(change);
  }

  /** Sorts each failure once: a temporary one is retried, a permanent one parks the change, nothing is dropped. */
  async function afterFailures(failed: readonly Extract<Outcome, { error: unknown }>[]): Promise<readonly Turn[]> {
    const free = new Set(failed.map(({ op }) => op));
    const turns: Turn[] = [];
    try {
      for (const { op, error } of failed) {
        if (error instanceof StorageError) throw error;
        const { turn, contact, retryMs, parking } = isGivenUp(op) ? nothing : judge(op, error);
        if (contact !== undefined) onContact(contact);
        turns.push(turn);
        if (retryMs === undefined && parking === undefined) continue;
        free.delete(op);
        if (parking !== undefined) onProgress();
        await (parking === undefined
          ? sending.postpone(op, addMs(clock.now(), retryMs ?? 0))
          : sending.park(op, parking));
      }
    } finally {
      sending.release([...free]);
    }
    return turns;
  }

  return {
    async send(unit, take) {
      const [op, ...others] = unit;
      if (op !== undefined && others.length === 0) take(await attempt(op));
      else await attemptAll(unit, take);
    },
    mayShare: (op) =>
      !alone.has(op.id) && (op.firstSentAt === null || server.api.repeats()) && batching?.areTaken() !== false,
    stopGivenUp() {
      if (stops.size === 0) return;
      const there = new Set(outbox.ops().map(({ id }) => id));
      for (const [id, stop] of stops) if (!there.has(id)) stop.abort();
    },
  };
}
