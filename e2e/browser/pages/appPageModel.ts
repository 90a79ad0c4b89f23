import type { Page } from '@playwright/test';
import type { TestAccount } from '../support/serviceProcess.ts';
import { editorPageModel } from './editorPageModel.ts';
import { signInPageModel } from './signInPageModel.ts';
import { sidebarPageModel } from './sidebarPageModel.ts';
import { taskListPageModel } from './taskListPageModel.ts';

/** The app in one window, in a person's terms. */
export function appPageModel(page: Page) {
  const provider = signInPageModel(page);
  const accountButton = page.getByRole('button', { name: /^Account / });
  async function chooseFromAccount(name: string) {
    await accountButton.click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  }
  return {
    page,
    provider,
    sidebar: sidebarPageModel(page),
    list: taskListPageModel(page),
    editor: editorPageModel(page),
    toast: page.getByRole('region', { name: 'Messages' }),
    signInButton: page.getByRole('button', { name: 'Sign in', exact: true }),
    signInAgainButton: page.getByRole('status').getByRole('button', { name: 'Sign in again' }),
    accountButton,
    chooseFromAccount,
    /** From the app's first page, past the provider, where the person has a session, to the tasks. */
    async signIn(person: Pick<TestAccount, 'address' | 'password'>, address = '/') {
      await page.goto(address);
      await provider.rememberPerson(person);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('navigation').first().waitFor();
    },
    /** One more account in this browser; it is the one on screen afterwards. */
    async addAccount(person: TestAccount) {
      await chooseFromAccount('Add account');
      await provider.useAnother();
      await provider.signIn(person);
      await page.getByRole('button', { name: `Account ${person.address}` }).waitFor();
    },
    signOut: () => chooseFromAccount('Sign out'),
    async signOutEverywhere() {
      await page.goto('/settings');
      await page.getByRole('button', { name: 'Sign out everywhere' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere' }).click();
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    },
    /** Every file of the app is on this device: the service worker takes over once it has them all. */
    async allLoaded() {
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    },
    /** The service has accepted every change. */
    async allSent() {
      await page.getByRole('link', { name: /^Everything is saved/ }).waitFor();
    },
  };
}

export type AppPageModel = ReturnType<typeof appPageModel>;
