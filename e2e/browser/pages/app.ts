import type { Page } from '@playwright/test';
import type { Person } from '../service.ts';
import { editorOn } from './editor.ts';
import { providerOn } from './provider.ts';
import { sidebarOn } from './sidebar.ts';
import { taskListOn } from './taskList.ts';

/** The app in one window, in the words a person would use. */
export function appOn(page: Page) {
  const provider = providerOn(page);
  return {
    page,
    provider,
    sidebar: sidebarOn(page),
    list: taskListOn(page),
    editor: editorOn(page),
    toast: page.getByRole('region', { name: 'Messages' }),
    signInButton: page.getByRole('button', { name: 'Sign in', exact: true }),
    /** From the app's first page, through the provider, to the tasks. */
    async signIn(person: Pick<Person, 'address' | 'password'>, address = '/') {
      await page.goto(address);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await provider.signIn(person);
      await page.getByRole('navigation').first().waitFor();
    },
  };
}

export type App = ReturnType<typeof appOn>;
