import type { ReactNode } from 'react';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { SharedFolder } from '../../domain/task/folderSharing.ts';

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
  /** Whose folder the link leads to that was opened. */
  owner?: string | undefined;
  /** A sentence that says what went wrong and what to do. */
  error?: string | undefined;
};

/** Why a place is not shown. */
export type PlaceUnavailablePageProps =
  /** No place of this account. */
  | { kind: 'notFound' }
  /** In the mailbox of `address`: not there, or not open to this account. The service does not say which. */
  | { kind: 'notOpen'; address: string }
  /** Shared until a moment ago. */
  | { kind: 'closed'; shared: SharedFolder }
  /** Whether it is shared could not be asked. */
  | { kind: 'notKnown'; failure: FailureKind; onRetry: () => void };
