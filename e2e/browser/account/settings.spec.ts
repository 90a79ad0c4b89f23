import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '../fixtures.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'threefold-config-')), 'config.json');
writeFileSync(
  file,
  JSON.stringify({ dialect: 'soap', apiBase: '', extras: true, auth: { authority: 'https://id.example.com' } }),
);
test.use({ serviceEnv: { APP_CONFIG: file } });

test('a wrong /config.json is reported with what is wrong', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Threefold is misconfigured' })).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveText([
    '"dialect" must be "outlookRest" or "graphBeta".',
    '"auth.kind" is missing.',
    '"auth.clientId" is missing.',
    '"auth.scopes" is missing.',
  ]);
});
