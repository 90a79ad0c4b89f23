import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Kysely } from 'kysely';
import { errors } from 'oidc-provider';
import type { Provider } from 'oidc-provider';
import type { Clock } from '../../src/domain/time/time.ts';
import type { Tables } from '../db/tables.ts';
import type { NewId } from '../config/ids.ts';
import { checkPassword, createAccount, findAccountById } from './accounts.ts';
import type { Account } from './accounts.ts';
import type { FormError } from './pages/formFields.ts';
import type { PageContext } from './pages/documentLayout.ts';
import {
  chooseAccountPage,
  signUpClosedPage,
  createAccountPage,
  failurePage,
  signInPage,
} from './pages/identityPages.ts';
import type { FailureReason, FormPage } from './pages/identityPages.ts';
import { readForm, remoteAddressOf } from './formRequest.ts';
import type { SignInThrottle } from './signInThrottle.ts';

export type InteractionInput = {
  provider: Provider;
  db: Kysely<Tables>;
  clock: Clock;
  newId: NewId;
  throttle: SignInThrottle;
  signUp: 'open' | 'closed';
  /** Where our own forms are sent from: the service, and nowhere else. */
  formOrigins: readonly string[];
  isBehindProxy: boolean;
  page(req: IncomingMessage): PageContext;
};

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
type Step = { req: IncomingMessage; res: ServerResponse; details: Interaction; page: FormPage };

/**
 * The pages between the app's request and its answer: `/oidc/interaction/UID` and, below it, `sign-in`, `create`,
 * `continue` and `cancel`. Plain forms: a cookie bound to this one interaction, and the Origin header, guard each post.
 */
export function createInteractions(input: InteractionInput) {
  const { provider, db, clock, newId, throttle, signUp } = input;

  async function show({ req, res, details, page }: Step, name: string): Promise<void> {
    if (req.method !== 'GET' && req.method !== 'HEAD') return fail(req, res, 405, 'other');
    const hint = details.params['login_hint'];
    const address = typeof hint === 'string' && hint.includes('@') ? hint : '';
    const wanted = name === '' ? details.prompt.name : name;
    if (wanted === 'create') {
      return sendPage(
        res,
        200,
        signUp === 'open' ? createAccountPage(page, { address, name: '' }) : signUpClosedPage(page),
      );
    }
    const accountId = details.session?.accountId;
    const current = accountId === undefined ? undefined : await findAccountById(db, accountId);
    if (wanted === 'select_account' && current !== undefined)
      return sendPage(res, 200, chooseAccountPage(page, current));
    return sendPage(res, 200, signInPage(page, { address }, { canCreate: signUp === 'open' }));
  }

  async function signIn(step: Step, form: URLSearchParams): Promise<void> {
    const { req, res, page } = step;
    const { words } = page;
    const address = form.get('address') ?? '';
    const password = form.get('password') ?? '';
    const again = (status: number, problems: FormError[]) => {
      const canCreate = signUp === 'open';
      sendPage(res, status, signInPage({ ...page, errors: problems }, { address }, { canCreate }));
    };
    const missing: FormError[] = [];
    if (address.trim() === '') missing.push({ field: 'address', text: words.problems.addressMissing });
    if (password === '') missing.push({ field: 'password', text: words.errors.passwordMissing });
    if (missing.length > 0) return again(422, missing);

    const admission = await throttle.admit(address, remoteAddressOf(req, input.isBehindProxy));
    if (!admission.ok) {
      res.setHeader('Retry-After', Math.ceil(admission.waitMs / 1000));
      return again(429, [{ text: words.errors.locked(admission.waitMs) }]);
    }
    const account = await checkPassword(db, address, password);
    if (account === undefined) return again(422, [{ field: 'password', text: words.errors.wrongPassword }]);
    await admission.succeeded();
    return finish(step, account);
  }

  async function create(step: Step, form: URLSearchParams): Promise<void> {
    const { req, res, page } = step;
    if (signUp === 'closed') return sendPage(res, 403, signUpClosedPage(page));
    const typed = { address: form.get('address') ?? '', name: form.get('name') ?? '' };
    const admission = await throttle.admitSignUp(remoteAddressOf(req, input.isBehindProxy));
    if (!admission.ok) {
      res.setHeader('Retry-After', Math.ceil(admission.waitMs / 1000));
      return sendPage(
        res,
        429,
        createAccountPage({ ...page, errors: [{ text: page.words.errors.crowded(admission.waitMs) }] }, typed),
      );
    }
    const made = await createAccount(db, { ...typed, password: form.get('password') ?? '' }, clock, newId);
    if (made.ok) return finish(step, made.account);
    const problems = made.problems.map(({ field, code }) => ({ field, text: page.words.problems[code] }));
    return sendPage(res, 422, createAccountPage({ ...page, errors: problems }, typed));
  }

  /**
   * Goes back to the app as this account. The session becomes the account's here: the provider's own way is to sign the
   * other account out first, through one more page that needs a script.
   */
  async function finish({ req, res, details }: Step, account: Account): Promise<void> {
    const login = { accountId: account.id, amr: ['pwd'] };
    const next = await provider.interactionResult(req, res, { login, select_account: {}, create: {} });
    const { uid, accountId } = details.session ?? {};
    const session = uid === undefined || accountId === account.id ? undefined : await provider.Session.findByUid(uid);
    if (session !== undefined) {
      session.accountId = account.id;
      // The other account's grant stays, for its refresh tokens in this browser; it just is not this session's.
      session.authorizations = {};
      await session.persist();
    }
    sendRedirect(res, 303, next);
  }

  async function post(step: Step, name: string, form: URLSearchParams): Promise<void> {
    const { req, res } = step;
    if (name === 'sign-in') return signIn(step, form);
    if (name === 'create') return create(step, form);
    if (name === 'continue') return provider.interactionFinished(req, res, { select_account: {} });
    const refusal = { error: 'access_denied', error_description: 'sign-in was cancelled' };
    return provider.interactionFinished(req, res, refusal, { mergeWithLastSubmission: false });
  }

  function fail(req: IncomingMessage, res: ServerResponse, status: number, failure: FailureReason): void {
    sendPage(res, status, failurePage(input.page(req), failure));
  }

  /** Answers a request below `/oidc/interaction/`. False when there is no such page. */
  return async function handle(req: IncomingMessage, res: ServerResponse, path: string): Promise<boolean> {
    const [, uid, name = ''] =
      /^\/oidc\/interaction\/([\w-]+)(?:\/(sign-in|create|continue|cancel))?$/.exec(path) ?? [];
    if (uid === undefined) return false;
    const isPost = req.method === 'POST';
    if (isPost && !input.formOrigins.includes(req.headers.origin ?? '')) {
      fail(req, res, 403, 'elsewhere');
      return true;
    }
    const details = await findInteraction(provider, req, res);
    if (details?.uid !== uid) {
      fail(req, res, 400, 'expired');
      return true;
    }
    const page = { ...input.page(req), base: `/oidc/interaction/${uid}`, errors: [] };
    const step = { req, res, details, page };
    const form = isPost ? await readForm(req) : undefined;
    if (form !== undefined && name !== '') await post(step, name, form);
    else if (isPost) fail(req, res, 400, 'other');
    // Reload, or the back button, after a form: the page that the form was on.
    else await show(step, name === 'continue' || name === 'cancel' ? '' : name);
    return true;
  };
}

async function findInteraction(provider: Provider, req: IncomingMessage, res: ServerResponse) {
  try {
    return await provider.interactionDetails(req, res);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  }
}

/** Sends on; the answer is for this one request. */
export function sendRedirect(res: ServerResponse, status: number, location: string): void {
  res.writeHead(status, { Location: location, 'Content-Length': 0, 'Cache-Control': 'no-store' });
  res.end();
}

/** Sends a page. Its security headers are set already (provider.ts). */
export function sendPage(res: ServerResponse, status: number, page: string): void {
  res.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(page),
    'Cache-Control': 'no-store',
  });
  res.end(page);
}
