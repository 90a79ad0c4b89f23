import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { readDelta, type DeltaBatch } from './deltaReader.ts';
import { ApiError } from './apiError.ts';
import type { TransportResponse, TransportRequest } from './transport.ts';

const path = "/me/taskfolders('f')/tasks";
const gone = (id: string) => ({ id: `Tasks('${id}')`, reason: 'deleted' });
const row = (id: string) => ({ Id: id });

/** A server with these responses in order, and the requests it received. */
function serverOf(...answers: (TransportResponse | ApiError)[]) {
  const requests: TransportRequest[] = [];
  const pages: DeltaBatch<string>[] = [];
  const read = (cursor?: string) =>
    readDelta<string>(
      {
        path,
        pageSize: 7,
        decode: (entity) => v.parse(v.object({ Id: v.string() }), entity).Id,
        ask: (request) => {
          requests.push(request);
          const answer = answers.shift();
          if (answer === undefined) throw new Error('Nothing was expected any more.');
          return answer instanceof ApiError ? Promise.reject(answer) : Promise.resolve(answer);
        },
      },
      { cursor, onPage: (page) => void pages.push(page) },
    );
  return { requests, pages, read };
}

const first = (value: unknown[], link: string): TransportResponse => ({
  json: { value, '@odata.deltaLink': link },
  repeats: false,
  tracks: true,
});
const more = (value: unknown[], link: string): TransportResponse => ({
  json: { value, '@odata.nextLink': link },
  repeats: false,
});
const last = (value: unknown[], link: string): TransportResponse => ({
  json: { value, '@odata.deltaLink': link },
  repeats: false,
});

describe('a delta query', () => {
  it('continues after the first deltaLink, and ends at the second', async () => {
    const { read, requests, pages } = serverOf(
      first([row('a')], 'd0'),
      more([row('b')], 's1'),
      last([row('c'), gone('a')], 'd1'),
    );
    expect(await read()).toBe('d1');
    const trackChanges = { pageSize: 7 };
    expect(requests).toEqual([path, 'd0', 's1'].map((at) => ({ method: 'GET', path: at, trackChanges })));
    expect(pages).toEqual([
      { entries: [{ kind: 'changed', value: 'a' }], cursor: 'd0' },
      { entries: [{ kind: 'changed', value: 'b' }], cursor: 's1' },
      {
        entries: [
          { kind: 'changed', value: 'c' },
          { kind: 'gone', id: 'a' },
        ],
        cursor: 'd1',
      },
    ]);
  });

  it('with a cursor ends at the first deltaLink, also when nothing changed', async () => {
    const { read, requests } = serverOf(last([], 'd1'));
    expect(await read('d1')).toBe('d1');
    expect(requests).toHaveLength(1);
  });
});

describe('a cursor', () => {
  it.each([410, 400])('that is rejected with %i is stale', async (status) => {
    const kind = status === 410 ? 'stale' : 'refused';
    const { read } = serverOf(new ApiError(kind, 'No', { status }));
    await expect(read('d9')).rejects.toMatchObject({ kind: 'stale', status });
  });

  it('is not stale after other failures, nor on a first request', async () => {
    await expect(serverOf(new ApiError('offline', 'No')).read('d1')).rejects.toMatchObject({ kind: 'offline' });
    const { read } = serverOf(new ApiError('refused', 'No', { status: 400 }));
    await expect(read()).rejects.toMatchObject({ kind: 'refused' });
  });
});

describe('a server', () => {
  it('that does not track changes is recognised', async () => {
    await expect(serverOf(last([row('a')], 'd')).read()).rejects.toMatchObject({ kind: 'refused' });
  });

  it('whose links are invalid or circular is broken', async () => {
    await expect(serverOf({ json: { value: [] }, repeats: false }).read('d')).rejects.toMatchObject({ kind: 'broken' });
    await expect(serverOf(more([], 's')).read('s')).rejects.toMatchObject({ kind: 'broken' });
  });
});
