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
    address: 'Address',
    addressHint: 'A mail address, such as ada@example.org.',
    name: 'Name',
    nameHint: 'As others see it. You may leave it empty.',
    password: 'Password',
    passwordHint: `At least ${accountLimits.passwordMin} characters. Several words are easy to remember.`,
  },
  signIn: {
    heading: 'Sign in',
    lead: 'Your groups, folders and tasks are where you left them.',
    button: 'Sign in',
    toCreate: 'No account here yet?',
    toCreateLink: 'Create an account',
  },
  create: {
    heading: 'Create an account',
    lead: 'It lives on this service and nowhere else.',
    button: 'Create account',
    toSignIn: 'Have an account already?',
    toSignInLink: 'Sign in',
    closed: 'New accounts are not open here. Ask whoever runs this service to make one for you.',
  },
  choose: {
    heading: 'Choose an account',
    lead: 'Go on with the account you are signed in with, or take another one.',
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
    expired: 'This page has run out, or sign-in was finished in another tab. Open Threefold and sign in from there.',
    other: 'The service could not go on with this request. Your tasks are safe; nothing was changed.',
    elsewhere: 'This form was sent from another site, so it was not taken. Open Threefold and sign in from there.',
    busy: 'Too much was asked of the service from here. Your tasks are safe; wait a moment, then try again.',
    details: 'Details',
  },
  errors: {
    summary: (count) => (count === 1 ? 'One thing needs another look' : `${count} things need another look`),
    wrongPassword: 'This address and password do not belong together. Check both and try again.',
    passwordMissing: 'Type your password.',
    tooManyAttempts: (waitMs) => `Too many accounts were asked for from here. Try again in ${duration(waitMs)}.`,
    locked: (waitMs) => `Too many tries with a wrong password. Try again in ${duration(waitMs)}.`,
  },
  problems: {
    addressMissing: 'Type your mail address.',
    addressMalformed: 'This is not a mail address. It looks like ada@example.org.',
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
