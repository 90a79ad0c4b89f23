import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import { findAccountById } from './accounts.ts';
import { readForm } from './formRequest.ts';
import { createInteractionForms, type InteractionFormInput, type InteractionStep } from './interactionForms.ts';
import { sendPage } from './pageResponse.ts';
import type { PageContext } from './pages/documentLayout.ts';
import {
  chooseAccountPage,
  createAccountPage,
  failurePage,
  signInPage,
  signUpClosedPage,
  type FailureReason,
} from './pages/identityPages.ts';

export type InteractionInput = InteractionFormInput & {
  /** The origins from which the service's own forms are posted. */
  formOrigins: readonly string[];
  page(req: IncomingMessage): PageContext;
};

/**
 * The pages between the app's authorization request and its redirect: `/oidc/interaction/UID` and, below it, `sign-in`,
 * `create`, `continue` and `cancel`. A cookie bound to the interaction and the Origin header protect each post.
 */
export function createInteractions(input: InteractionInput) {
  const { provider, db, signUp } = input;
  const post = createInteractionForms(input);

  async function show({ req, res, details, page }: InteractionStep, name: string): Promise<void> {
    if (req.method !== 'GET' && req.method !== 'HEAD') return fail(req, res, 405, 'other');
    const loginHint = details.params['login_hint'];
    const address = typeof loginHint === 'string' && loginHint.includes('@') ? loginHint : '';
    const pageName = name === '' ? details.prompt.name : name;
    if (pageName === 'create') {
      return sendPage(
        res,
        200,
        signUp === 'open' ? createAccountPage(page, { address, name: '' }) : signUpClosedPage(page),
      );
    }
    const accountId = details.session?.accountId;
    const current = accountId === undefined ? undefined : await findAccountById(db, accountId);
    if (pageName === 'select_account' && current !== undefined)
      return sendPage(res, 200, chooseAccountPage(page, current));
    return sendPage(res, 200, signInPage(page, { address }, { canCreate: signUp === 'open' }));
  }

  function fail(req: IncomingMessage, res: ServerResponse, status: number, failure: FailureReason): void {
    sendPage(res, status, failurePage(input.page(req), failure));
  }

  /** Handles a request below `/oidc/interaction/`. False when there is no such page. */
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
    // A reload or the back button after a form requests the form's URL: show the page that contained it.
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
