import { useMutation } from '@tanstack/react-query';
import type { Mailbox } from '../domain/task/task.ts';

/** A command as a mutation. It is stored on this device, so it never waits for a network. */
export function useCommand<Given, Made>(action: (mailbox: Mailbox, input: Given) => Promise<Made>, mailbox: Mailbox) {
  return useMutation({ networkMode: 'always', mutationFn: (input: Given) => action(mailbox, input) });
}
