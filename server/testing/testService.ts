import { addMs } from '../../src/domain/time/time.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import { buildApp } from '../app.ts';
import type { Principal, VerifyToken } from '../identity/bearerAuth.ts';
import { createEventStreams, type EventStreams } from '../feed/eventStreams.ts';
import type { Database } from '../db/openDatabase.ts';
import { createFairShare } from '../load/fairShare.ts';
import { createNewId } from '../config/ids.ts';
import { silentLog } from '../config/log.ts';
import { createMailbox } from '../mailbox/createMailbox.ts';
import type { StaticPages } from '../static/staticPages.ts';
import { parseJson, type Json } from './json.ts';
import { openTestDatabase } from './testDatabase.ts';

/** A response with its body read and parsed. */
export type TestResponse = { status: number; headers: Headers; text: string; body: Json };
export type Service = {
  database: Database;
  clock: Clock & { set(instant: Instant): void; pass(ms: number): void };
  /** Sends a request as `ann`, who may read and write, or with the given bearer. The path begins after `/api/v2.0`. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestResponse>;
  /** The same with a whole path. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestResponse>;
  /** The app itself, for a socket. */
  fetch(request: Request, environment?: unknown): Response | Promise<Response>;
  /** The response unread, for streams. */
  open(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Makes a token invalid from now on. */
  revoke(bearer: string): void;
  /** Polls and sends heartbeats only when the test calls for it. */
  events: EventStreams;
  close(): Promise<void>;
};

export const tenantId = '11111111-2222-4333-8444-555555555555';
export const annId = 'aaaaaaaa-0000-4000-8000-00000000000a';
export const bobId = 'bbbbbbbb-0000-4000-8000-00000000000b';
export const cyId = 'cccccccc-0000-4000-8000-00000000000c';

const people = {
  ann: { accountId: annId, address: 'ann@example.com', name: 'Ann Example' },
  bob: { accountId: bobId, address: 'bob@example.com', name: 'Bob Example' },
  cy: { accountId: cyId, address: 'cy@example.com', name: 'Cy Example' },
} as const;

/** Bearers are names: `ann` may read and write her tasks, `bob-shared` also those shared with Bob. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  '': ['tasks.read', 'tasks.readwrite'],
  '-reads': ['tasks.read'],
  '-elsewhere': ['openid'],
  '-shared': ['tasks.read.shared', 'tasks.readwrite.shared'],
  '-reads-shared': ['tasks.read.shared'],
};
const principals: Readonly<Record<string, Principal>> = Object.fromEntries(
  Object.entries(people).flatMap(([name, person]) =>
    Object.entries(scopesOf).map(([suffix, scopes]) => [name + suffix, { ...person, scopes: new Set(scopes) }]),
  ),
);

/**
 * The whole service in this process: a database in memory (or a file), three accounts, names as tokens, a manual clock.
 */
export async function startService({
  path = ':memory:',
  lockTimeout,
  seed = true,
  pages,
  publicUrl = 'http://localhost:4100',
  mailboxBytes,
  mailboxItems,
  rateLimit = 0,
  rateWindowSeconds,
  cpuSeconds = 0,
  requestSeconds = 0,
  cpuMs = () => 0,
  uptime,
  isDiskFull,
}: {
  path?: string;
  lockTimeout?: number;
  seed?: boolean;
  pages?: StaticPages;
  publicUrl?: string;
  mailboxBytes?: number;
  mailboxItems?: number;
  rateLimit?: number;
  rateWindowSeconds?: number;
  cpuSeconds?: number;
  requestSeconds?: number;
  cpuMs?: () => number;
  uptime?: () => number;
  isDiskFull?: () => boolean;
} = {}): Promise<Service> {
  const database = await openTestDatabase(path, lockTimeout, uptime);
  let now: Instant = '2026-03-25T12:00:00.000Z';
  const clock = {
    now: () => now,
    today: () => {
      throw new Error('The service asks for instants.');
    },
    set: (instant: Instant) => void (now = instant),
    pass: (ms: number) => void (now = addMs(now, ms)),
  };
  const newId = createNewId(clock);
  const revoked = new Set<string>();
  for (const { accountId, address, name } of seed ? Object.values(people) : []) {
    await database.db.transaction().execute(async (trx) => {
      const account = { id: accountId, address, name, password_hash: null, created_at: now, tokens_valid_from: now };
      await trx.insertInto('accounts').values(account).execute();
      await createMailbox(trx, accountId, clock, newId);
    });
  }
  const verify: VerifyToken = async (bearer) =>
    !revoked.has(bearer) && Object.hasOwn(principals, bearer) ? principals[bearer] : undefined;
  const { db, read } = database;
  const events = createEventStreams({ read, verify, log: silentLog, every: () => () => {} });
  const config = {
    publicUrl,
    rateLimit,
    ...(rateWindowSeconds !== undefined && { rateWindowSeconds }),
    ...(mailboxBytes !== undefined && { mailboxBytes }),
    ...(mailboxItems !== undefined && { mailboxItems }),
  };
  const budget = { limitSeconds: cpuSeconds, windowSeconds: rateWindowSeconds ?? 600, requestSeconds };
  const share = createFairShare(budget, { clock, cpuMs });
  const app = buildApp({
    db,
    read,
    clock,
    verify,
    newId,
    config,
    share,
    log: silentLog,
    tenantId,
    pages,
    events,
    isDiskFull,
  });

  async function request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<TestResponse> {
    const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
    const sent: Record<string, string> = { Authorization: 'Bearer ann', Host: 'localhost:4100', ...headers };
    if (text !== undefined && sent['Content-Type'] === undefined) sent['Content-Type'] = 'application/json';
    const url = `http://localhost:4100${path}`;
    const response = await app.request(url, { method, headers: sent, ...(text !== undefined && { body: text }) });
    const answered = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const parsed = parseJson(isJson && answered !== '' ? answered : '{}');
    return { status: response.status, headers: response.headers, text: answered, body: parsed };
  }

  return {
    database,
    clock,
    events,
    revoke: (bearer) => void revoked.add(bearer),
    request,
    send: (method, path, body, headers) => request(method, `/api/v2.0${path}`, body, headers),
    fetch: (request, environment) => app.fetch(request, environment),
    open: async (path, headers) =>
      app.request(`http://localhost:4100${path}`, { headers: { Authorization: 'Bearer ann', ...headers } }),
    close: () => database.close(),
  };
}
