import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { openTestDatabase } from '../testing/testDatabase.ts';
import type { Database } from '../db/openDatabase.ts';
import { createNewId } from '../config/ids.ts';
import { checkPassword, createAccount, findAccount, listAccounts, removeAccount } from './accounts.ts';
import { hashPassword, verifyPassword } from './passwordHash.ts';
import { password } from '../testing/testIdentity.ts';
import { accountProblemsText, pageTextsFor } from './pageTexts.ts';

const clock = systemClock(() => Date.now());
let database: Database;

beforeEach(async () => {
  database = await openTestDatabase();
});

afterEach(() => database.close());

const create = (address: string, more: { name?: string; password?: string } = {}) =>
  createAccount(database.db, { address, password, ...more }, clock, createNewId(clock));

describe('creating an account', () => {
  test('creates its mailbox; address and name are normalised', async () => {
    const made = await create(' Ada@Example.ORG\n', { name: '  Ada \t Lovelace ' });
    expect(made).toMatchObject({ ok: true, account: { address: 'ada@example.org', name: 'Ada Lovelace' } });
    expect(await create('bob@example.org')).toMatchObject({ ok: true, account: { name: 'bob' } });
    const folders = await database.db.selectFrom('task_folders').select('name').execute();
    expect(folders).toEqual([{ name: 'Tasks' }, { name: 'Tasks' }]);
    expect((await listAccounts(database.db)).map(({ address }) => address)).toEqual([
      'ada@example.org',
      'bob@example.org',
    ]);
    expect(await findAccount(database.db, 'ADA@example.org')).toMatchObject({ name: 'Ada Lovelace' });
  });

  test('an address has one account, in any case, also when two requests arrive at once', async () => {
    const both = await Promise.all([create('ada@example.org'), create('ADA@example.org')]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await create('Ada@example.org')).toMatchObject({ ok: false, problems: [{ code: 'addressTaken' }] });
  });

  test.each([
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada@@example.org',
    'a b@example.org',
    'ada@example..org',
    'ada@-x.org',
    'a,b@x.org',
  ])('is no address: %j', async (address) => {
    expect(await create(address)).toMatchObject({ ok: false, problems: [{ field: 'address' }] });
  });

  test.each(["o'brien@example.org", 'ada+tasks@example.org', 'ada@homeserver', 'ådå@exämple.org'])(
    'an address: %s',
    async (address) => {
      expect(await create(address)).toMatchObject({ ok: true });
    },
  );

  test.each(['ada@exa\u200bmple.org', '\u202eada@example.org', 'a\u00adda@example.org', 'ada@example.org\ufeff.x'])(
    'no address, for it holds what nobody sees: %j',
    async (address) => {
      expect(await create(address)).toMatchObject({ problems: [{ code: 'addressMalformed' }] });
    },
  );

  test('a name cannot change the direction of the text around it', async () => {
    expect(await create('ada@example.org', { name: '\u202eecilA\u2069 B' })).toMatchObject({
      account: { name: 'ecilA B' },
    });
  });

  test('all problems are reported at once, each with a sentence', async () => {
    const made = await create('x', { name: 'n'.repeat(101), password: 'short' });
    const problems = made.ok ? [] : made.problems;
    expect(problems.map(({ code }) => code)).toEqual(['addressMalformed', 'nameLong', 'passwordShort']);
    expect(accountProblemsText(problems)).toContain('Use at least 10 characters.');
    expect(await create('ada@example.org', { password: 'p'.repeat(257) })).toMatchObject({
      problems: [{ code: 'passwordLong' }],
    });
  });
});

describe('passwords', () => {
  test('are stored as salted, slow hashes', async () => {
    const [first, second] = await Promise.all([hashPassword(password), hashPassword(password)]);
    expect(first).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(first).not.toBe(second);
    expect(await verifyPassword(password, first)).toBe(true);
    expect(await verifyPassword(`${password}r`, first)).toBe(false);
    expect(await verifyPassword(password, null)).toBe(false);
  });

  test('the same characters typed as other code points are the same password', async () => {
    expect(await verifyPassword('pa\u0308sswort-lang', await hashPassword('p\u00e4sswort-lang'))).toBe(true);
  });

  test('checking a password returns the account or nothing', async () => {
    await create('ada@example.org');
    expect(await checkPassword(database.db, 'ADA@example.org ', password)).toMatchObject({
      address: 'ada@example.org',
    });
    expect(await checkPassword(database.db, 'ada@example.org', 'wrong password')).toBeUndefined();
    expect(await checkPassword(database.db, 'bob@example.org', password)).toBeUndefined();
    expect(await checkPassword(database.db, 'ada@example.org', password + 'x'.repeat(1000))).toBeUndefined();
  });
});

test('removing an account deletes its data and nothing of others', async () => {
  await create('ada@example.org');
  await create('bob@example.org');
  expect(await removeAccount(database.db, 'Ada@example.org')).toBe(true);
  expect(await removeAccount(database.db, 'Ada@example.org')).toBe(false);
  for (const table of ['accounts', 'counters', 'task_groups', 'task_folders'] as const) {
    expect(await database.db.selectFrom(table).selectAll().execute(), table).toHaveLength(1);
  }
});

test.each([
  [undefined, 'en'],
  ['en-GB,en;q=0.8', 'en'],
  ['xx, en;q=0.5', 'en'],
  ['en;q=0, xx', 'en'],
  [';;;,,q=', 'en'],
])('the language for Accept-Language %j', (header, lang) => {
  expect(pageTextsFor(header)).toMatchObject({ lang, dir: 'ltr' });
});
