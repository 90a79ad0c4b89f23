import type { ReactNode } from 'react';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { SharedFolder } from '../../domain/task/folderSharing.ts';

/** An account page: rendered in place of the list, with its own `<main>`. */
export type AccountPageProps = {
  /** The start of its toolbar: back on a phone, the button for a hidden sidebar elsewhere. */
  lead?: ReactNode;
};

export type SignInPageProps = {
  onSignIn: () => void;
  /** Absent where accounts cannot be created here (Microsoft Entra ID, closed sign-up). */
  onCreateAccount?: (() => void) | undefined;
  busy?: boolean | undefined;
  /** The owner of the folder that the opened link leads to. */
  owner?: string | undefined;
  /** A sentence that says what failed and what to do. */
  error?: string | undefined;
};

/** Why a place is not shown. */
export type PlaceUnavailablePageProps =
  /** Unknown to this account. */
  | { kind: 'notFound' }
  /** In the mailbox of `address`: deleted or not shared. The service does not say which. */
  | { kind: 'notOpen'; address: string }
  /** Shared until recently. */
  | { kind: 'closed'; shared: SharedFolder }
  /** Unknown whether it is shared, as the service could not be reached. */
  | { kind: 'notKnown'; failure: FailureKind; onRetry: () => void };
