import { useMutation } from '@tanstack/react-query';
import type { Mailbox } from '../domain/task/task.ts';

/** An action as a hook. Saving on this device needs no network, so it never waits for one. */
export function useCommand<Given, Made>(action: (mailbox: Mailbox, given: Given) => Promise<Made>, mailbox: Mailbox) {
  return useMutation({ networkMode: 'always', mutationFn: (given: Given) => action(mailbox, given) });
}
