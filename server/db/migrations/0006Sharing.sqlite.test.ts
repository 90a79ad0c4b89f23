import { parseJson } from '../../testing/json.ts';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/domain/time/time.ts';
import { claimsOf, createBrowser, startTestIdentityServer } from '../../testing/testIdentity.ts';
import { widenSignIns } from './0006Sharing.ts';

test('a browser that signed in before sharing existed gets the new scope on refresh', async () => {
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
    // The scope that it requested before is still accepted.
    expect((await browser.refresh(before)).status).toBe(200);
  } finally {
    await server.close();
  }
});
