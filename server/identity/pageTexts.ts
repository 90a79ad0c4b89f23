import type { AccountProblem } from './accounts.ts';
import { accountLimits } from './accounts.ts';

/** All texts of the identity pages in one language. To add a language, add an object of this type. */
export type PageTexts = {
  lang: string;
  dir: 'ltr' | 'rtl';
  /** The window title: the heading of the page, and whether it shows an error. */
  title(heading: string, hasErrors: boolean): string;
  art: { groups: string; folders: string; tasks: string };
  fields: {
    address: string;
    addressHint: string;
    name: string;
    nameHint: string;
    password: string;
    passwordHint: string;
  };
  signIn: { heading: string; lead: string; button: string; toCreate: string; toCreateLink: string };
  create: { heading: string; lead: string; button: string; toSignIn: string; toSignInLink: string; closed: string };
  choose: { heading: string; lead: string; continueAs(name: string): string; other: string };
  signOut: { heading: string; lead(name: string, address: string): string; button: string; stay: string };
  signedOut: { heading: string; lead: string };
  failure: { heading: string; expired: string; other: string; elsewhere: string; busy: string; details: string };
  errors: {
    summary(count: number): string;
    wrongPassword: string;
    passwordMissing: string;
    locked(waitMs: number): string;
    tooManyAttempts(waitMs: number): string;
  };
  problems: Record<AccountProblem['code'], string>;
  cancel: string;
  openApp: string;
};

const english: PageTexts = {
  lang: 'en',
  dir: 'ltr',
  title: (heading, hasErrors) => `${hasErrors ? 'Error: ' : ''}${heading} · Threefold`,
  art: { groups: 'Groups', folders: 'Folders', tasks: 'Tasks' },
  fields: {
    address: 'Email address',
    addressHint: 'For example ada@example.org.',
    name: 'Name',
    nameHint: 'Shown to people you share with. Optional.',
    password: 'Password',
    passwordHint: `At least ${accountLimits.passwordMin} characters. Several words are easy to remember.`,
  },
  signIn: {
    heading: 'Sign in',
    lead: 'Your Outlook-style tasks, fast and offline.',
    button: 'Sign in',
    toCreate: 'No account here yet?',
    toCreateLink: 'Create an account',
  },
  create: {
    heading: 'Create an account',
    lead: 'This account is only for this server.',
    button: 'Create account',
    toSignIn: 'Have an account already?',
    toSignInLink: 'Sign in',
    closed: 'New accounts are not open here. Ask the administrator to create one for you.',
  },
  choose: {
    heading: 'Choose an account',
    lead: 'Continue with the account you are signed in with, or use another one.',
    continueAs: (name) => `Continue as ${name}`,
    other: 'Use another account',
  },
  signOut: {
    heading: 'Sign out?',
    lead: (name, address) => `${name} (${address}) is signed in to Threefold in this browser.`,
    button: 'Sign out',
    stay: 'Stay signed in',
  },
  signedOut: { heading: 'You are signed out', lead: 'Close this page, or open Threefold to sign in again.' },
  failure: {
    heading: 'Sign-in stopped',
    expired: 'This page has expired, or you signed in in another tab. Open Threefold and sign in from there.',
    other: 'The server could not continue with this request. Your tasks are safe; nothing was changed.',
    elsewhere: 'This form was sent from another site, so it was refused. Open Threefold and sign in from there.',
    busy: 'Too many requests from this network. Your tasks are safe; wait a moment, then try again.',
    details: 'Details',
  },
  errors: {
    summary: (count) => (count === 1 ? 'There is a problem' : `Fix ${count} problems`),
    wrongPassword: 'Wrong email address or password.',
    passwordMissing: 'Enter your password.',
    tooManyAttempts: (waitMs) => `Too many new accounts from this network. Try again in ${duration(waitMs)}.`,
    locked: (waitMs) => `Too many attempts with a wrong password. Try again in ${duration(waitMs)}.`,
  },
  problems: {
    addressMissing: 'Enter your email address.',
    addressMalformed: 'This is not an email address. Example: ada@example.org.',
    addressTaken: 'There is an account with this address already. Sign in with it, or use another address.',
    nameLong: `The name is too long. Use at most ${accountLimits.name} characters.`,
    passwordShort: `The password is too short. Use at least ${accountLimits.passwordMin} characters.`,
    passwordLong: `The password is too long. Use at most ${accountLimits.passwordMax} characters.`,
  },
  cancel: 'Cancel',
  openApp: 'Open Threefold',
};

const catalogs: readonly PageTexts[] = [english];

/** The texts for an Accept-Language header: the first supported language by weight; else English. */
export function pageTextsFor(acceptLanguage: string | undefined): PageTexts {
  const languages = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...options] = part.trim().split(';');
      const weight = options.map((option) => /^\s*q=([\d.]+)\s*$/.exec(option)?.[1]).find((q) => q !== undefined);
      return { tag: tag.trim().toLowerCase(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { tag } of languages) {
    const catalog = catalogs.find(({ lang }) => tag === lang || tag.startsWith(`${lang}-`));
    if (catalog !== undefined) return catalog;
  }
  return english;
}

/** The sentences for the problems of a new account in English, for the command line. */
export function accountProblemsText(problems: readonly AccountProblem[]): string {
  return problems.map(({ code }) => english.problems[code]).join(' ');
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
