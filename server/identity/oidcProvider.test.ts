import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { findAccount, removeAccount } from './accounts.ts';
import { signOutEverywhere } from './signOut.ts';
import { claimsOf, createBrowser, startTestIdentityServer, password } from '../testing/testIdentity.ts';
import type { TestIdentityServer } from '../testing/testIdentity.ts';

const clock = systemClock(() => Date.now());
let folder: string;
let server: TestIdentityServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threefold-identity-'));
  server = await startTestIdentityServer({ clock, path: join(folder, 'threefold.db') });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function restart(): Promise<void> {
  await server.close();
  server = await startTestIdentityServer({
    clock,
    path: join(folder, 'threefold.db'),
    port: Number(new URL(server.url).port),
  });
}

async function accountIdOf(address: string): Promise<string> {
  return (await findAccount(server.database.db, address))?.id ?? '';
}

describe('one account', () => {
  test('create an account, get tokens, refresh, restart, refresh, sign out everywhere', async () => {
    const browser = createBrowser(server);
    const tokens = await browser.signUp('Ada@Example.org');
    expect(tokens.scope).toBe('openid profile tasks.readwrite');
    expect(claimsOf(tokens.id_token)).toMatchObject({
      name: 'ada',
      preferred_username: 'ada@example.org',
      login_hint: 'ada@example.org',
    });
    const principal = await server.verify(tokens.access_token);
    expect(principal).toMatchObject({ address: 'ada@example.org', name: 'ada' });
    expect([...(principal?.scopes ?? [])].toSorted()).toEqual(['tasks.read', 'tasks.readwrite']);

    await restart();
    expect(await server.verify(tokens.access_token)).toBeDefined();
    const renewed = await browser.refresh(tokens.refresh_token);
    expect(renewed.status).toBe(200);
    // Not rotated: the same token refreshes again, as a second tab would.
    expect((await browser.refresh(tokens.refresh_token)).status).toBe(200);
    expect((await browser.authorize({ prompt: 'none' })).url).toContain('code=');

    await signOutEverywhere(server.database.db, await accountIdOf('ada@example.org'), clock);
    expect(await server.verify(tokens.access_token)).toBeUndefined();
    expect((await browser.refresh(tokens.refresh_token)).status).toBe(400);
    expect((await browser.authorize({ prompt: 'none' })).url).toContain('error=login_required');
    const again = await browser.signIn('ada@example.org');
    expect(await server.verify(again.access_token)).toBeDefined();
  });

  test('a removed account is rejected at once by a running service', async () => {
    const browser = createBrowser(server);
    const tokens = await browser.signUp('ada@example.org');
    expect(await server.verify(tokens.access_token)).toBeDefined();
    expect(await removeAccount(server.database.db, 'ada@example.org')).toBe(true);
    expect(await server.verify(tokens.access_token)).toBeUndefined();
    for (const table of ['accounts', 'oidc_rows', 'counters', 'task_groups', 'task_folders'] as const) {
      const rows = await server.database.db.selectFrom(table).selectAll().execute();
      expect(rows, table).toEqual([]);
    }
    expect((await browser.refresh(tokens.refresh_token)).status).toBe(400);
    expect((await browser.authorize({ prompt: 'none' })).url).toContain('error=login_required');
  });

  test('a request in progress during "sign out everywhere" cannot write back a usable session or token', async () => {
    const browser = createBrowser(server);
    const tokens = await browser.signUp('ada@example.org');
    const { db } = server.database;
    // Date the sign-in back: sessions and refresh tokens count in seconds.
    const rows = (await db.selectFrom('oidc_rows').selectAll().execute()).map((row) => ({
      ...row,
      payload: row.payload.replace(/"(iat|loginTs)":(\d+)/g, (_, name, at) => `"${name}":${Number(at) - 5}`),
    }));
    await signOutEverywhere(db, await accountIdOf('ada@example.org'), clock);
    await db.insertInto('oidc_rows').values(rows).execute();
    expect((await browser.refresh(tokens.refresh_token)).status).toBe(400);
    expect((await browser.authorize({ prompt: 'none' })).url).toContain('error=login_required');
    const page = await browser.authorize();
    const again = await browser.submit(page, '/sign-in', { address: 'ada@example.org', password });
    expect(await server.verify((await browser.tokens(again)).access_token)).toBeDefined();
  });

  test('scopes may be requested in any case, and are returned as requested', async () => {
    const browser = createBrowser(server);
    const page = await browser.authorize({ prompt: 'create', scope: 'openid profile Tasks.ReadWrite.Shared' });
    const fields = { address: 'ada@example.org', password };
    const tokens = await browser.tokens(await browser.submit(page, '/create', fields));
    expect(tokens.scope).toBe('openid profile Tasks.ReadWrite.Shared');
    const { scopes } = (await server.verify(tokens.access_token)) ?? {};
    expect([...(scopes ?? [])].toSorted()).toEqual(['tasks.read.shared', 'tasks.readwrite.shared']);
    expect((await browser.refresh(tokens.refresh_token, 'openid profile Tasks.ReadWrite.Shared')).status).toBe(200);
  });

  test('a request without PKCE, with an unknown client or another redirect URI is rejected', async () => {
    const browser = createBrowser(server);
    expect((await browser.authorize({ code_challenge: '', code_challenge_method: '' })).url).toContain(
      'invalid_request',
    );
    expect((await browser.authorize({ client_id: 'nobody' })).status).toBe(400);
    const stolen = await browser.authorize({ redirect_uri: 'https://evil.example/auth.html' });
    expect(stolen.status).toBe(400);
    expect(stolen.text).toContain('Open Threefold');
  });

  test('the token endpoint allows the app and no other site', async () => {
    const ask = (origin: string) =>
      fetch(`${server.url}/oidc/token`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ client_id: 'threefold-app', grant_type: 'refresh_token', refresh_token: 'x' }),
      });
    expect((await ask(server.url)).headers.get('access-control-allow-origin')).toBe(server.url);
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('two accounts in one browser (the wrong-account trap)', () => {
  test('each keeps its own tokens; a silent request for one never gets the other', async () => {
    const browser = createBrowser(server);
    const ada = await browser.signUp('ada@example.org');
    const bob = await browser.signUp('bob@example.org');
    const subjectOf = async (refreshToken: string) => {
      const renewed: { access_token: string } = JSON.parse(await (await browser.refresh(refreshToken)).text());
      return (await server.verify(renewed.access_token))?.address;
    };
    expect(await subjectOf(ada.refresh_token)).toBe('ada@example.org');
    expect(await subjectOf(bob.refresh_token)).toBe('bob@example.org');

    const silent = (hint: string) => browser.authorize({ prompt: 'none', login_hint: hint });
    expect((await silent('ada@example.org')).url).toContain('error=login_required');
    const own = await browser.tokens(await silent('Bob@example.org'));
    expect((await server.verify(own.access_token))?.address).toBe('bob@example.org');
    expect((await silent(String(claimsOf(bob.access_token)['sub']))).url).toContain('code=');
  });

  test('signing one out with its ID token leaves the other signed in', async () => {
    const browser = createBrowser(server);
    const ada = await browser.signUp('ada@example.org');
    const bob = await browser.signUp('bob@example.org');
    const end = (tokens: { id_token: string }) => {
      const back = { post_logout_redirect_uri: `${server.url}/auth.html`, state: 'bye', client_id: 'threefold-app' };
      return browser.open(`/oidc/session/end?${new URLSearchParams({ id_token_hint: tokens.id_token, ...back })}`);
    };
    expect((await end(ada)).url).toBe(`${server.url}/auth.html?state=bye`);
    expect((await browser.refresh(ada.refresh_token)).status).toBe(400);
    expect((await browser.refresh(bob.refresh_token)).status).toBe(200);
    expect((await browser.authorize({ prompt: 'none' })).url).toContain('code=');

    expect((await end(bob)).url).toBe(`${server.url}/auth.html?state=bye`);
    expect((await browser.refresh(bob.refresh_token)).status).toBe(400);
    expect((await browser.authorize({ prompt: 'none' })).url).toContain('error=login_required');
  });

  test('signing out without an ID token asks first, and ends the refresh tokens, too', async () => {
    const browser = createBrowser(server);
    const ada = await browser.signUp('ada@example.org');
    const asked = await browser.open('/oidc/session/end?client_id=threefold-app');
    expect(asked.text).toContain('Sign out?');
    expect((await browser.refresh(ada.refresh_token)).status).toBe(200);
    const secret = /name="xsrf" value="(\w+)"/.exec(asked.text)?.[1] ?? '';
    const done = await browser.submit({ ...asked, url: `${server.url}/oidc/session/end` }, '/confirm', {
      xsrf: secret,
      logout: 'yes',
    });
    expect(done.text).toContain('You are signed out');
    expect((await browser.refresh(ada.refresh_token)).status).toBe(400);
    expect((await browser.open('/oidc/session/end?client_id=threefold-app')).text).toContain('You are signed out');
  });

  test('choosing an account continues with the session or signs in as another', async () => {
    const browser = createBrowser(server);
    await browser.signUp('ada@example.org');
    await browser.signUp('bob@example.org');
    const chooser = await browser.authorize({ prompt: 'select_account' });
    expect(chooser.text).toContain('Continue as bob');
    const same = await browser.tokens(await browser.submit(chooser, '/continue', {}));
    expect((await server.verify(same.access_token))?.address).toBe('bob@example.org');

    const again = await browser.authorize({ prompt: 'select_account' });
    const fields = { address: 'ada@example.org', password };
    const other = await browser.tokens(await browser.submit(again, '/sign-in', fields));
    expect((await server.verify(other.access_token))?.address).toBe('ada@example.org');
  });
});
