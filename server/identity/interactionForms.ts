import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Kysely } from 'kysely';
import type { Provider } from 'oidc-provider';
import type { Clock } from '../../src/domain/time/time.ts';
import type { NewId } from '../config/ids.ts';
import type { Tables } from '../db/tables.ts';
import { checkPassword, createAccount, type Account } from './accounts.ts';
import { remoteAddressOf } from './formRequest.ts';
import { sendPage, sendRedirect } from './pageResponse.ts';
import type { FormError } from './pages/formFields.ts';
import { createAccountPage, signInPage, signUpClosedPage, type FormPage } from './pages/identityPages.ts';
import type { SignInThrottle } from './signInThrottle.ts';

export type InteractionFormInput = {
  provider: Provider;
  db: Kysely<Tables>;
  clock: Clock;
  newId: NewId;
  throttle: SignInThrottle;
  signUp: 'open' | 'closed';
  isBehindProxy: boolean;
};

/** One request to a page of an interaction. */
export type InteractionStep = {
  req: IncomingMessage;
  res: ServerResponse;
  details: Awaited<ReturnType<Provider['interactionDetails']>>;
  page: FormPage;
};

/** Handles the posted forms of an interaction: `sign-in`, `create`, `continue` and `cancel`. */
export function createInteractionForms({
  provider,
  db,
  clock,
  newId,
  throttle,
  signUp,
  isBehindProxy,
}: InteractionFormInput) {
  async function signIn(step: InteractionStep, form: URLSearchParams): Promise<void> {
    const { req, res, page } = step;
    const { texts } = page;
    const address = form.get('address') ?? '';
    const password = form.get('password') ?? '';
    const showAgain = (status: number, problems: FormError[]) => {
      const canCreate = signUp === 'open';
      sendPage(res, status, signInPage({ ...page, errors: problems }, { address }, { canCreate }));
    };
    const missing: FormError[] = [];
    if (address.trim() === '') missing.push({ field: 'address', text: texts.problems.addressMissing });
    if (password === '') missing.push({ field: 'password', text: texts.errors.passwordMissing });
    if (missing.length > 0) return showAgain(422, missing);

    const admission = await throttle.admit(address, remoteAddressOf(req, isBehindProxy));
    if (!admission.ok) {
      res.setHeader('Retry-After', Math.ceil(admission.waitMs / 1000));
      return showAgain(429, [{ text: texts.errors.locked(admission.waitMs) }]);
    }
    const account = await checkPassword(db, address, password);
    if (account === undefined) return showAgain(422, [{ field: 'password', text: texts.errors.wrongPassword }]);
    await admission.succeeded();
    return finish(step, account);
  }

  async function create(step: InteractionStep, form: URLSearchParams): Promise<void> {
    const { req, res, page } = step;
    if (signUp === 'closed') return sendPage(res, 403, signUpClosedPage(page));
    const typed = { address: form.get('address') ?? '', name: form.get('name') ?? '' };
    const admission = await throttle.admitSignUp(remoteAddressOf(req, isBehindProxy));
    if (!admission.ok) {
      res.setHeader('Retry-After', Math.ceil(admission.waitMs / 1000));
      return sendPage(
        res,
        429,
        createAccountPage({ ...page, errors: [{ text: page.texts.errors.tooManyAttempts(admission.waitMs) }] }, typed),
      );
    }
    const result = await createAccount(db, { ...typed, password: form.get('password') ?? '' }, clock, newId);
    if (result.ok) return finish(step, result.account);
    const problems = result.problems.map(({ field, code }) => ({ field, text: page.texts.problems[code] }));
    return sendPage(res, 422, createAccountPage({ ...page, errors: problems }, typed));
  }

  /**
   * Returns to the app as this account. The session switches accounts here; the provider would first sign the other
   * account out, on a page that needs a script.
   */
  async function finish({ req, res, details }: InteractionStep, account: Account): Promise<void> {
    const login = { accountId: account.id, amr: ['pwd'] };
    const next = await provider.interactionResult(req, res, { login, select_account: {}, create: {} });
    const { uid, accountId } = details.session ?? {};
    const session = uid === undefined || accountId === account.id ? undefined : await provider.Session.findByUid(uid);
    if (session !== undefined) {
      session.accountId = account.id;
      // The other account's grant stays stored: its refresh tokens in this browser remain valid.
      session.authorizations = {};
      await session.persist();
    }
    sendRedirect(res, 303, next);
  }

  return async function post(step: InteractionStep, name: string, form: URLSearchParams): Promise<void> {
    const { req, res } = step;
    if (name === 'sign-in') return signIn(step, form);
    if (name === 'create') return create(step, form);
    if (name === 'continue') return provider.interactionFinished(req, res, { select_account: {} });
    const denial = { error: 'access_denied', error_description: 'sign-in was cancelled' };
    return provider.interactionFinished(req, res, denial, { mergeWithLastSubmission: false });
  };
}
