import { expect, newTestAccount, test } from '../fixtures.ts';
import type { AppPageModel } from '../pages/appPageModel.ts';
import { parseJson } from '../../../server/testing/json.ts';

// Tokens expire after another account has signed in on the same browser (docs/architecture.md#the-wrong-account-trap).
test.use({ serviceEnv: { ACCESS_TOKEN_SECONDS: '4' } });

/** The tokens of the app's requests, decoded without verification: their accounts, and the latest expiry. */
function tokensOf(app: AppPageModel) {
  const subjects = new Set<string>();
  let expires = 0;
  app.page.on('request', (request) => {
    const bearer = /^Bearer [^.]+\.([^.]+)\./.exec(request.headers()['authorization'] ?? '')?.[1];
    if (bearer === undefined) return;
    const claims = parseJson(Buffer.from(bearer, 'base64url').toString());
    subjects.add(String(claims['sub']));
    expires = Math.max(expires, Number(claims['exp']) * 1000);
  });
  return {
    subjects,
    /** The last request's token has expired. */
    expired: () => expect.poll(() => expires > 0 && Date.now() > expires).toBe(true),
  };
}

test('silent renewal returns a token only for the displayed account', async ({ app, person, service }) => {
  const other = newTestAccount('Bob');
  await service.addAccount(other);
  const { subjects, expired } = tokensOf(app);
  await app.sidebar.open('Tasks');
  await app.list.add('Only Ada knows');
  await app.allSent();
  const ada = [...subjects];
  expect(ada).toHaveLength(1);

  // A new account stores its time zone. Sent after the switch, that would be a request of Bob's with Bob's token.
  const zoneStored = app.page.waitForResponse(
    (response) => response.request().method() === 'PATCH' && response.url().endsWith('/threefold/v1/settings'),
  );
  await app.addAccount(other);
  await zoneStored;
  await app.chooseFromAccount(`Switch to ${person.address}`);
  await expect(app.accountButton).toHaveAccessibleName(`Account ${person.address}`);
  // Events of requests that Bob's page sent before may still come; all tokens of that time have expired afterwards.
  await expired();
  subjects.clear();
  for (const subject of ['First', 'Second', 'Third']) {
    await app.sidebar.open('Tasks');
    // Each of these needs a renewal while the provider's session is Bob's.
    await expired();
    await app.list.add(subject);
    await app.allSent();
  }
  expect([...subjects]).toEqual(ada);
  await app.chooseFromAccount(`Switch to ${other.address}`);
  await app.sidebar.open('Tasks');
  await expect(app.list.main).toContainText(/Nothing|empty/i);
  for (const subject of ['Only Ada knows', 'First', 'Second', 'Third'])
    await expect(app.list.row(subject)).toBeHidden();
});

test.describe('when the service is unreachable while a token expires', () => {
  test.use({
    expectedErrors: [/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/],
  });

  test('the app is offline, not signed out, and sends the changes afterwards', async ({ app, service }) => {
    const { page, sidebar, list } = app;
    const { expired } = tokensOf(app);
    await sidebar.open('Tasks');
    await expect(list.main).toContainText('Nothing in Tasks yet');
    await list.add('Before the tunnel');
    await app.allSent();
    await app.allLoaded();
    await service.kill();
    await expired();
    await list.add('Done in a tunnel');
    await expect(page.getByRole('link', { name: /^Offline/ })).toBeVisible();
    await expect(page.getByText('Your sign-in has expired')).toBeHidden();
    await service.start();
    await app.allSent();
    await page.reload();
    await expect(list.row('Done in a tunnel')).toBeVisible();
  });
});
