import { parseJson } from '../../testing/json.ts';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/domain/time/time.ts';
import { claimsOf, createBrowser, startTestIdentityServer } from '../../testing/testIdentity.ts';
import { widenSignIns } from './0006Sharing.ts';

test('a browser that signed in before there was sharing renews with the scope for it', async () => {
  const server = await startTestIdentityServer({ path: ':memory:', clock: systemClock(() => Date.now()) });
  try {
    const browser = createBrowser(server);
    const { refresh_token: before } = await browser.signUp('ada@example.org');
    const scope = 'openid profile tasks.readwrite tasks.readwrite.shared';
    expect((await browser.refresh(before, scope)).status).toBe(400);

    await widenSignIns(server.database.db);
    await widenSignIns(server.database.db);
    const renewed = await browser.refresh(before, scope);
    expect(renewed.status).toBe(200);
    const { access_token: token } = parseJson(await renewed.text());
    expect(String(claimsOf(String(token))['scope']).split(' ')).toEqual(['tasks.readwrite', 'tasks.readwrite.shared']);
    // What it asked for until now still works.
    expect((await browser.refresh(before)).status).toBe(200);
  } finally {
    await server.close();
  }
});
