import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { appPageModel, type AppPageModel } from './pages/appPageModel.ts';
import { slowDown } from './support/cpuThrottling.ts';
import { startServiceProcess, type TestAccount, type ServiceProcess } from './support/serviceProcess.ts';

type Options = {
  /** Console errors that this test provokes: the browser logs refused connections. */
  expectedErrors: readonly RegExp[];
};
type TestFixtures = Options & {
  watch: (context: BrowserContext) => void;
  person: TestAccount;
  /** Signed in as `person`, at `/`. */
  app: AppPageModel;
  /** A window of another browser, as on another device: nothing is shared with the test's own. */
  elsewhere: () => Promise<AppPageModel>;
};
type WorkerFixtures = {
  /** Settings of this file's service. */
  serviceEnv: Record<string, string>;
  service: ServiceProcess;
};

/**
 * What the browser logs in correct operation: the network was switched off, or a change got 412 and is compared (also
 * with an own earlier request when the page closed during it).
 */
const noFaults = /net::ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED)|412 \(Precondition Failed\)/;

let made = 0;
/** A person with an address that no other test uses. */
export function newTestAccount(name = 'Ada'): TestAccount {
  made += 1;
  const address = `${name.toLowerCase()}.${process.pid}.${made}@example.com`;
  return { address, name, password: 'correct horse battery' };
}

/** Each test has its own account; any uncaught error, console error or violated policy in any of its pages fails it. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  serviceEnv: [{}, { scope: 'worker', option: true }],
  service: [
    async ({ serviceEnv }, provide) => {
      const service = await startServiceProcess(serviceEnv);
      await provide(service);
      await service.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ service }, provide) => provide(service.url),
  expectedErrors: [[], { option: true }],
  watch: async ({ expectedErrors }, provide) => {
    const faults: string[] = [];
    const isExpected = (text: string) => [noFaults, ...expectedErrors].some((pattern) => pattern.test(text));
    function watchPage(page: Page) {
      void slowDown(page);
      page.on('pageerror', (error) =>
        faults.push(`uncaught at ${page.url()}: ${error.name} ${error.stack ?? error.message}`),
      );
      page.on('console', (message) => {
        // The browser reports violations of the content security policy here too.
        if (message.type() !== 'error' || isExpected(`${message.text()} ${message.location().url}`)) return;
        faults.push(`console at ${page.url()}: ${message.text()} (${message.location().url})`);
      });
    }
    await provide((context) => {
      context.on('page', watchPage);
      for (const page of context.pages()) watchPage(page);
    });
    if (faults.length > 0) throw new Error(`The pages reported errors:\n${faults.join('\n')}`);
  },
  context: async ({ context, watch }, provide) => {
    watch(context);
    await provide(context);
  },
  person: async ({ service }, provide) => {
    const person = newTestAccount();
    await service.addAccount(person);
    await provide(person);
  },
  app: async ({ page, person }, provide) => {
    const app = appPageModel(page);
    await app.signIn(person);
    await provide(app);
  },
  elsewhere: async ({ browser, baseURL, watch }, provide) => {
    const contexts: BrowserContext[] = [];
    await provide(async () => {
      const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
      contexts.push(context);
      watch(context);
      return appPageModel(await context.newPage());
    });
    for (const context of contexts) await context.close();
  },
});

export { expect } from '@playwright/test';
