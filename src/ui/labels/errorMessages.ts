import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { FailureKind } from '../../domain/failureKind.ts';

/* Why something failed and what to do about it; follows a sentence that says what failed. */

const failures: Readonly<Record<FailureKind, MessageDescriptor>> = {
  offline: msg`The server could not be reached. Try again when you are online.`,
  signIn: msg`Sign in again first.`,
  missing: msg`It is not there any more.`,
  changed: msg`It was changed elsewhere meanwhile.`,
  stale: msg`The server answered with an error. Try again.`,
  busy: msg`The server is busy. Try again in a few minutes.`,
  refused: msg`The server refused it.`,
  broken: msg`The server answered with an error. Try again.`,
};

const storages = {
  full: msg`The storage of this device is full. Free some space and try again.`,
  refused: msg`This device does not let the app store anything.`,
  outdated: msg`A newer version of the app has changed what is stored here. Reload the page.`,
} as const;

const fault = msg`Something went wrong in the app. Reload the page and check your last changes.`;

type ErrorCause = { storage: keyof typeof storages } | { failure: FailureKind | null };

/** Translate it with `i18n._`. */
export function errorMessage(cause: ErrorCause): MessageDescriptor {
  if ('storage' in cause) return storages[cause.storage];
  return cause.failure === null ? fault : failures[cause.failure];
}
