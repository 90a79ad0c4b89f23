import type { Page } from '@playwright/test';
import type { Person } from '../service.ts';

/** The embedded provider's pages: plain forms. */
export function providerOn(page: Page) {
  const address = page.getByRole('textbox', { name: 'Address' });
  const password = page.getByLabel('Password');
  return {
    address,
    password,
    heading: page.getByRole('heading', { level: 1 }),
    async signIn(person: Pick<Person, 'address' | 'password'>) {
      await address.fill(person.address);
      await password.fill(person.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    async submit() {
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    async createAccount(person: Person) {
      await address.fill(person.address);
      await page.getByRole('textbox', { name: /^Name/ }).fill(person.name);
      await password.fill(person.password);
      await page.getByRole('button', { name: 'Create account' }).click();
    },
    async useAnother() {
      await page.getByRole('link', { name: 'Use another account' }).click();
    },
    async cancel() {
      await page.getByRole('button', { name: 'Cancel' }).click();
    },
  };
}
