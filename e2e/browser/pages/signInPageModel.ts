import type { Page } from '@playwright/test';
import type { TestAccount } from '../support/serviceProcess.ts';

/** The embedded provider's pages: plain forms. */
export function signInPageModel(page: Page) {
  const address = page.getByRole('textbox', { name: 'Email address' });
  const password = page.getByLabel('Password');
  return {
    address,
    password,
    heading: page.getByRole('heading', { level: 1 }),
    async signIn(person: Pick<TestAccount, 'address' | 'password'>) {
      await address.fill(person.address);
      await password.fill(person.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    /**
     * Posts the form without loading its page: a session at the provider, as after an earlier visit. For tests that are
     * not about sign-in.
     */
    async rememberPerson(person: Pick<TestAccount, 'address' | 'password'>) {
      const { request } = page.context();
      const { origin } = new URL(page.url());
      const query = new URLSearchParams({
        client_id: 'threefold-app',
        response_type: 'code',
        redirect_uri: `${origin}/auth.html`,
        scope: 'openid',
        // Nobody redeems the code: only the session is needed.
        code_challenge: 'A'.repeat(43),
        code_challenge_method: 'S256',
      });
      const form = await request.get(`${origin}/oidc/auth?${query.toString()}`);
      const answer = await request.post(`${form.url()}/sign-in`, {
        form: { address: person.address, password: person.password },
        headers: { Origin: origin },
      });
      if (!answer.url().includes('code=')) throw new Error(`The provider did not take ${person.address}.`);
    },
    async submit() {
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    async createAccount(person: TestAccount) {
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
