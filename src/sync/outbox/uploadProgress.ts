import { createEmitter } from '../../domain/async/observable.ts';

/** How much of each file has arrived. It has listeners of its own: a share changes no row and no list. */
export function createUploadProgress() {
  const { subscribe, emit } = createEmitter();
  const shares = new Map<string, number>();
  return {
    subscribe,
    /** By the op's id: 0 to 1. */
    shareOf: (opId: string) => shares.get(opId) ?? 0,
    set(opId: string, share: number) {
      shares.set(opId, share);
      emit();
    },
    remove: (opId: string) => void shares.delete(opId),
  };
}
