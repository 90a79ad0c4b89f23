import { expect, newPerson, test } from './fixtures.ts';
import type { App } from './pages/app.ts';

// Tokens expire after another account has signed in on the same browser (docs/architecture.md#the-wrong-account-trap).
test.use({ serviceEnv: { ACCESS_TOKEN_SECONDS: '4' } });

/** Whose the next API answer is, as the service saw it: the bearer token of a request, read without trusting it. */
function subjectsOf(app: App): Set<string> {
  const subjects = new Set<string>();
  app.page.on('request', (request) => {
    const bearer = /^Bearer [^.]+\.([^.]+)\./.exec(request.headers()['authorization'] ?? '')?.[1];
    if (bearer === undefined) return;
    const claims: unknown = JSON.parse(Buffer.from(bearer, 'base64url').toString());
    if (typeof claims === 'object' && claims !== null && 'sub' in claims) subjects.add(String(claims.sub));
  });
  return subjects;
}

test('silent renewal answers for the account on the screen, or not at all', async ({ app, person, service }) => {
  const other = newPerson('Bob');
  await service.addAccount(other);
  const subjects = subjectsOf(app);
  await app.sidebar.open('Tasks');
  await app.list.add('Only Ada knows');
  await app.allSent();
  const ada = [...subjects];
  expect(ada).toHaveLength(1);

  await app.addAccount(other);
  await app.chooseFromAccount(`Switch to ${person.address}`);
  // Until then the page is Bob's, and asks as Bob.
  await expect(app.accountButton).toHaveAccessibleName(`Account ${person.address}`);
  subjects.clear();
  for (const subject of ['First', 'Second', 'Third']) {
    await app.sidebar.open('Tasks');
    // Longer than a token lives: each of these needs a renewal while the provider's session is Bob's.
    await app.page.waitForTimeout(5_000);
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

test.describe('when the service is away while a token runs out', () => {
  test.use({
    expectedErrors: [/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/],
  });

  test('that is being offline, not being signed out; what was done meanwhile goes out afterwards', async ({
    app,
    service,
  }) => {
    const { page, sidebar, list } = app;
    await sidebar.open('Tasks');
    await expect(list.main).toContainText('Nothing in Tasks yet');
    await service.kill();
    await page.waitForTimeout(5_000);
    await list.add('Done in a tunnel');
    await expect(page.getByRole('link', { name: /^Offline/ })).toBeVisible();
    await expect(page.getByText('Your sign-in has run out')).toBeHidden();
    await service.start();
    await app.allSent();
    await page.reload();
    await expect(list.row('Done in a tunnel')).toBeVisible();
  });
});
