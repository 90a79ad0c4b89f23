import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test as base } from '../fixtures.ts';
import { apiClientOf } from '../support/apiClient.ts';
import { startServiceProcess } from '../support/serviceProcess.ts';

/** Has the app speak to the service at `url` as it speaks to Microsoft Graph: the beta dialect, nothing of our own. */
function graphBetaConfig(url: string): Record<string, string> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'threefold-graph-')), 'config.json');
  const scopes = ['tasks.readwrite', 'tasks.readwrite.shared'];
  const auth = { kind: 'embedded', clientId: 'threefold-app', authority: `${url}/oidc`, scopes };
  writeFileSync(file, JSON.stringify({ dialect: 'graphBeta', apiBase: '', extras: false, auth }));
  return { APP_CONFIG: file };
}

const test = base.extend({
  service: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads from this pattern which fixtures are needed.
    async ({}, provide) => {
      const service = await startServiceProcess(graphBetaConfig);
      await provide(service);
      await service.close();
    },
    { scope: 'worker' },
  ],
});

test('in the Graph beta dialect a task is created, edited, completed and deleted', async ({ app }) => {
  const { page, sidebar, list, editor } = app;
  const paths = new Set<string>();
  page.on('request', (request) => paths.add(new URL(request.url()).pathname.split('/')[1] ?? ''));
  await sidebar.open('Tasks');
  await list.add('Water the plants', 'Mow the lawn', 'Repot the basil');
  await list.open('Water the plants');
  await editor.rename('Water the roses');
  await editor.write('Early in the morning.');
  await editor.setImportance('High');
  await editor.close();
  await list.complete('Mow the lawn');
  await list.delete('Repot the basil');
  await expect(list.row('Repot the basil')).toBeHidden();
  await app.allSent();
  expect(paths).toContain('beta');
  expect(paths).not.toContain('api');
  expect(paths).not.toContain('threefold');

  const { json } = await apiClientOf(page);
  await expect(list.row('Water the roses')).toHaveAccessibleName(/^Water the roses, high importance/);
  const { value } = await json('GET', '/beta/me/outlook/tasks?$orderby=subject');
  expect(value).toMatchObject([
    { subject: 'Mow the lawn', status: 'completed' },
    {
      subject: 'Water the roses',
      status: 'notStarted',
      importance: 'high',
      body: { content: 'Early in the morning.' },
    },
  ]);
});
