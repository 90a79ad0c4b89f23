import type { ReactNode } from 'react';

/** A page of the account: drawn in the list's place, with its own `<main>`. */
export type AccountPageProps = {
  /** The start of its bar: back on a phone, the way to a hidden sidebar elsewhere. */
  lead?: ReactNode;
};

export type SignInPageProps = {
  onSignIn: () => void;
  /** Left out where the provider makes no accounts here (Microsoft Entra ID, closed sign-up). */
  onCreateAccount?: (() => void) | undefined;
  busy?: boolean | undefined;
  /** A sentence that says what went wrong and what to do. */
  error?: string | undefined;
};

/** Why a place is not shown. `notOpen` names the mailbox it would be in. */
export type RefusalPageProps = { kind: 'notOpen'; address: string } | { kind: 'notFound' };
