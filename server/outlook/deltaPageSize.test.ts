import { afterEach, beforeEach, expect, test } from 'vitest';
import { valuesOf } from '../testing/json.ts';
import { startService, type Service, type TestResponse } from '../testing/testService.ts';

/** A page of a delta query holds no more notes than fit in memory, whatever size was asked for. */

let service: Service;
const made: string[] = [];
beforeEach(async () => {
  service = await startService();
  made.length = 0;
  for (let n = 0; n < 7; n += 1) {
    const Body = { ContentType: 'Text', Content: String(n).repeat(900_000) };
    const { body } = await service.send('POST', "/me/taskfolders('Tasks')/tasks", { Subject: `Task ${n}`, Body });
    made.push(String(body['Id']));
  }
});
afterEach(() => service.close());

const room = 4 * 1024 * 1024;
const pathOf = (page: TestResponse | undefined) =>
  String(page?.body['@odata.nextLink'] ?? page?.body['@odata.deltaLink']).replace('http://localhost:4100', '');
const tracking = (more = '') => ({ Prefer: `odata.track-changes, odata.maxpagesize=1000${more}` });

/** All pages up to the first one that has nothing. */
async function pagesOf(query: string, headers: Record<string, string>): Promise<TestResponse[]> {
  const pages = [await service.send('GET', `/me/taskfolders('Tasks')/tasks${query}`, undefined, headers)];
  for (;;) {
    const last = pages.at(-1);
    if (last === undefined || valuesOf(last.body).length === 0) return pages;
    pages.push(await service.request('GET', pathOf(last), undefined, headers));
  }
}
const idsOf = (pages: readonly TestResponse[]) =>
  pages.flatMap(({ body }) => valuesOf(body).map(({ Id, id, reason }) => (reason === undefined ? Id : `${id} gone`)));

test.for(['', ', outlook.timezone="Pacific Standard Time"'])('long notes come in several pages%s', async (zone) => {
  const pages = await pagesOf('', tracking(zone));
  expect(pages.map(({ body }) => valuesOf(body).length)).toEqual([4, 3, 0]);
  for (const { status, text } of pages) {
    expect(status).toBe(200);
    expect(text.length).toBeLessThan(room + 10_000);
  }
  expect(idsOf(pages)).toEqual(made);
  const lengths = pages.flatMap(({ body }) => valuesOf(body).map(({ Body }) => Body?.Content?.length));
  expect(lengths).toEqual(made.map(() => 900_000));
});

test('without notes nothing is split', async () => {
  for (const zone of ['', ', outlook.timezone="Pacific Standard Time"']) {
    const pages = await pagesOf('?$select=Subject', tracking(zone));
    expect(pages.map(({ body }) => valuesOf(body).length)).toEqual([7, 0]);
  }
});

test('deletions stay in their order, and nothing is reported twice', async () => {
  const [gone = '', ...kept] = made;
  let next = pathOf((await pagesOf('', tracking())).at(-1));
  for (const id of kept) await service.send('PATCH', `/me/tasks('${id}')`, { Importance: 'High' });
  await service.send('DELETE', `/me/tasks('${gone}')`);
  const pages: TestResponse[] = [];
  for (let isLast = false; !isLast; next = pathOf(pages.at(-1))) {
    const page = await service.request('GET', next, undefined, tracking());
    pages.push(page);
    isLast = '@odata.deltaLink' in page.body;
  }
  expect(pages.map(({ body }) => valuesOf(body).length)).toEqual([4, 3]);
  expect(idsOf(pages).slice(0, 6)).toEqual(kept);
  expect(idsOf(pages)[6]).toContain(`'${gone}') gone`);
});

test('one task whose notes alone are too long is a page of its own', async () => {
  const { db } = service.database;
  await db
    .updateTable('tasks')
    .set({ body: 'x'.repeat(room + 1) })
    .execute();
  const pages = await pagesOf('', tracking());
  expect(idsOf(pages)).toEqual(made);
  expect(pages.map(({ body }) => valuesOf(body).length)).toEqual([1, 1, 1, 1, 1, 1, 1, 0]);
});
