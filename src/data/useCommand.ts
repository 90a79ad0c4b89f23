import { useMutation } from '@tanstack/react-query';
import type { Place } from '../domain/task/task.ts';

type Mailbox = Place['mailbox'];

/** An action as a hook. Saving on this device needs no network, so it never waits for one. */
export function useCommand<Given, Made>(action: (mailbox: Mailbox, given: Given) => Promise<Made>, mailbox: Mailbox) {
  return useMutation({ networkMode: 'always', mutationFn: (given: Given) => action(mailbox, given) });
}
