import type { APIResponse, Page } from '@playwright/test';
import { membersOf, parseJson } from '../../../server/testing/json.ts';

/** Another program of the same person: the API with the app's own token. Call it when the app is open. */
export async function apiClientOf(page: Page) {
  const [request] = await Promise.all([
    page.waitForRequest(async (one) => (await one.headerValue('authorization'))?.startsWith('Bearer ') === true),
    page.reload(),
  ]);
  const authorization = (await request.headerValue('authorization')) ?? '';
  async function send(method: string, path: string, data?: unknown): Promise<APIResponse> {
    const answer = await page.request.fetch(path, {
      method,
      headers: { authorization },
      ...(data === undefined ? {} : { data }),
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer;
  }
  const json = async (method: string, path: string, data?: unknown) =>
    membersOf(parseJson(await (await send(method, path, data)).text()));
  return {
    send,
    json,
    make: async (task: Readonly<Record<string, unknown>>) =>
      String((await json('POST', '/api/v2.0/me/tasks', task))['Id']),
    task: (id: string) => json('GET', `/api/v2.0/me/tasks('${id}')`),
  };
}
