import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { createBrowser, startTestIdentityServer, password } from '../testing/testIdentity.ts';

// Each of these tests starts a dozen processes, which is slow on a busy machine.

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threefold-cli-'));
});

afterEach(() => rm(folder, { recursive: true }));

type Result = { code: number | null; out: string; err: string };

/** Runs a command as its npm script does. */
async function run(command: 'account' | 'token', args: string[], { input = '', env = {} } = {}): Promise<Result> {
  const file = fileURLToPath(new URL(`./${command}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: folder, ...env },
  });
  child.stdin.end(input);
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, out, err };
}

const add = (address: string, more: string[] = []) =>
  run('account', ['add', address, ...more, '--password-stdin'], { input: `${password}\n` });

describe('while the service is stopped', () => {
  test('accounts are added, listed and removed', async () => {
    expect(await add('Ada@example.org', ['--name', 'Ada Lovelace'])).toEqual({
      code: 0,
      out: 'Added ada@example.org.\n',
      err: '',
    });
    expect((await run('account', ['list'])).out).toMatch(/^ada@example\.org\tAda Lovelace\t20[\d-]+T[\d:.]+Z\n$/);
    expect(await add('ada@example.org')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^There is an account.*\n$/),
    });
    expect((await run('account', ['remove', 'ADA@example.org'])).code).toBe(0);
    expect(await run('account', ['list'])).toEqual({ code: 0, out: '', err: '' });
    const gone = 'There is no account with the address ada@example.org.\n';
    expect(await run('account', ['remove', 'ada@example.org'])).toEqual({ code: 1, out: '', err: gone });
  });

  test('tokens are created, listed and revoked; the token alone is the last line of output', async () => {
    await add('ada@example.org');
    const made = await run('token', ['create', 'ada@example.org', '--scope', 'tasks.read', '--expires', '90d']);
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^tf_[\w-]{43}\n$/) });
    const [id = '', scope, createdAt = '', expiresAt = '', used] = (await run('token', ['list', 'ada@example.org'])).out
      .trim()
      .split('\t');
    expect([scope, used]).toEqual(['tasks.read', 'unused']);
    expect(Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 60_000)).toBe(90 * 24 * 60);
    expect(made.err).toContain(id);
    expect((await run('token', ['revoke', id])).code).toBe(0);
    expect((await run('token', ['revoke', id])).code).toBe(1);
    expect((await run('token', ['create', 'bob@example.org', '--scope', 'tasks.read'])).code).toBe(1);
  });

  test.each<['account' | 'token', string[], RegExp]>([
    ['account', [], /^Say what to do with accounts/],
    ['account', ['add', 'ada@example.org'], /--password-stdin/],
    ['account', ['list', '--name', 'x'], /^Only "add" takes options/],
    ['token', ['create', 'ada@example.org', '--scope', 'mail.read'], /^--scope takes one of/],
    ['token', ['create', 'ada@example.org', '--scope', 'tasks.read', '--expires', 'soon'], /^--expires takes/],
    ['token', ['revoke'], /^The id is missing/],
  ])('wrong usage of %s %j', async (command, args, message) => {
    const { code, out, err } = await run(command, args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
    expect(err).toContain(`Usage: npm run ${command} --`);
  });

  test('wrong settings and wrong passwords print one sentence', async () => {
    const settings = await run('account', ['list'], { env: { PORT: 'many' } });
    expect(settings).toMatchObject({
      code: 1,
      err: 'PORT must be a whole number from 1 to 65535, but it is "many".\n',
    });
    const short = await run('account', ['add', 'ada@example.org', '--password-stdin'], { input: 'short' });
    expect(short).toMatchObject({ code: 1, err: 'The password is too short. Use at least 10 characters.\n' });
  });
});

test('while the service is running: it sees new accounts and tokens, and rejects removed ones at once', async () => {
  const server = await startTestIdentityServer({
    clock: systemClock(() => Date.now()),
    path: join(folder, 'threefold.db'),
  });
  try {
    await add('ada@example.org');
    const browser = createBrowser(server);
    const signedIn = await browser.signIn('ada@example.org');
    const { out } = await run('token', ['create', 'ada@example.org', '--scope', 'tasks.readwrite']);
    const token = out.trim().split('\n').at(-1) ?? '';
    expect(await server.verify(token)).toMatchObject({ address: 'ada@example.org' });
    expect(await server.verify(signedIn.access_token)).toMatchObject({ address: 'ada@example.org' });

    expect((await run('account', ['remove', 'ada@example.org'])).code).toBe(0);
    expect(await server.verify(token)).toBeUndefined();
    expect(await server.verify(signedIn.access_token)).toBeUndefined();
    expect((await browser.refresh(signedIn.refresh_token)).status).toBe(400);
  } finally {
    await server.close();
  }
});
