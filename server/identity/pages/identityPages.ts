import type { Account } from '../accounts.ts';
import { formField, errorSummary } from './formFields.ts';
import type { FormError } from './formFields.ts';
import { html } from './htmlTemplate.ts';
import type { Html } from './htmlTemplate.ts';
import { layoutHtml } from './documentLayout.ts';
import type { PageContext } from './documentLayout.ts';

/** A form page of one sign-in. `base` is its path; forms post below it. */
export type FormPage = PageContext & { base: string; errors: readonly FormError[] };

export function signInPage(page: FormPage, typed: { address: string }, options: { canCreate: boolean }): string {
  const { texts, base, errors } = page;
  const { fields, signIn } = texts;
  return layoutHtml(page, {
    heading: signIn.heading,
    hasErrors: errors.length > 0,
    body: html`<p class="lead">${signIn.lead}</p>
      ${errorSummary(texts, errors)}
      <form method="post" action="${base}/sign-in" novalidate>
        ${formField(
          {
            name: 'address',
            label: fields.address,
            type: 'email',
            autocomplete: 'username',
            value: typed.address,
            isFirst: typed.address === '',
          },
          errors,
        )}
        ${formField(
          {
            name: 'password',
            label: fields.password,
            type: 'password',
            autocomplete: 'current-password',
            isFirst: typed.address !== '',
          },
          errors,
        )}
        <button class="primary">${signIn.button}</button>
      </form>
      ${cancelForm(page)}
      ${
        options.canCreate &&
        html`<p class="aside">${signIn.toCreate} <a href="${base}/create">${signIn.toCreateLink}</a></p>`
      }`,
  });
}

export function createAccountPage(page: FormPage, typed: { address: string; name: string }): string {
  const { texts, base, errors } = page;
  const { fields, create } = texts;
  return layoutHtml(page, {
    heading: create.heading,
    hasErrors: errors.length > 0,
    body: html`<p class="lead">${create.lead}</p>
      ${errorSummary(texts, errors)}
      <form method="post" action="${base}/create" novalidate>
        ${formField(
          {
            name: 'address',
            label: fields.address,
            type: 'email',
            autocomplete: 'username',
            value: typed.address,
            hint: fields.addressHint,
            isFirst: true,
          },
          errors,
        )}
        ${formField(
          {
            name: 'name',
            label: fields.name,
            type: 'text',
            autocomplete: 'name',
            value: typed.name,
            hint: fields.nameHint,
            isOptional: true,
          },
          errors,
        )}
        ${formField(
          {
            name: 'password',
            label: fields.password,
            type: 'password',
            autocomplete: 'new-password',
            hint: fields.passwordHint,
          },
          errors,
        )}
        <button class="primary">${create.button}</button>
      </form>
      ${cancelForm(page)}
      <p class="aside">${create.toSignIn} <a href="${base}/sign-in">${create.toSignInLink}</a></p>`,
  });
}

/** Shown instead of the sign-up form when SIGN_UP is closed. */
export function signUpClosedPage(page: FormPage): string {
  const { texts, base } = page;
  return layoutHtml(page, {
    heading: texts.create.heading,
    body: html`<p class="lead">${texts.create.closed}</p>
      <p class="aside">${texts.create.toSignIn} <a href="${base}/sign-in">${texts.create.toSignInLink}</a></p>
      ${cancelForm(page)}`,
  });
}

export function chooseAccountPage(page: FormPage, account: Account): string {
  const { texts, base } = page;
  const { choose } = texts;
  return layoutHtml(page, {
    heading: choose.heading,
    body: html`<p class="lead">${choose.lead}</p>
      <form method="post" action="${base}/continue">
        <button class="secondary choice" autofocus>
          <span class="avatar" aria-hidden="true">${initialOf(account.name)}</span>
          <span class="choice-text">
            <span>${choose.continueAs(account.name)}</span>
            <span class="choice-address">${account.address}</span>
          </span>
        </button>
      </form>
      <p class="choice-other"><a class="button secondary" href="${base}/sign-in">${choose.other}</a></p>
      ${cancelForm(page)}`,
  });
}

/**
 * Asks before signing out when nothing proves that the app requested it. `form` is the provider's own, with its secret.
 */
export function signOutPage(page: PageContext, account: Account, form: Html): string {
  const { signOut } = page.texts;
  return layoutHtml(page, {
    heading: signOut.heading,
    body: html`<p class="lead">${signOut.lead(account.name, account.address)}</p>
      ${form}
      <div class="buttons">
        <button class="primary" form="op.logoutForm" name="logout" value="yes" autofocus>${signOut.button}</button>
        <button class="secondary" form="op.logoutForm">${signOut.stay}</button>
      </div>`,
  });
}

export function signedOutPage(page: PageContext): string {
  const { signedOut } = page.texts;
  return layoutHtml(page, {
    heading: signedOut.heading,
    body: html`<p class="lead">${signedOut.lead}</p>
      ${appLink(page)}`,
  });
}

export type FailureReason = 'expired' | 'elsewhere' | 'busy' | 'other';

/** The sign-in failed. `details` are for support. */
export function failurePage(page: PageContext, failure: FailureReason, details?: string): string {
  const texts = page.texts.failure;
  return layoutHtml(page, {
    heading: texts.heading,
    hasErrors: true,
    body: html`<p class="lead">${texts[failure]}</p>
      ${appLink(page)}
      ${
        details !== undefined &&
        html`<details>
          <summary>${texts.details}</summary>
          <p><code>${details}</code></p>
        </details>`
      }`,
  });
}

/** The first character, which may have more than one code unit. */
function initialOf(name: string): string {
  return String.fromCodePoint(name.codePointAt(0) ?? 0x20).toUpperCase();
}

function appLink({ texts, appUrl }: PageContext): Html {
  return html`<p><a class="button primary" href="${appUrl}">${texts.openApp}</a></p>`;
}

function cancelForm({ texts, base }: FormPage): Html {
  return html`<form class="cancel" method="post" action="${base}/cancel">
    <button class="quiet">${texts.cancel}</button>
  </form>`;
}
