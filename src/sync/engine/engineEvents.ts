import { createEmitter } from '../../domain/async/observable.ts';
import type { ServerResult } from '../storage/serverResult.ts';

/** What happened that no view shows. */
export type EngineEvent =
  /** The server accepted changes, of this tab or another: `staleAfter` says what its answers leave out. */
  | { kind: 'accepted'; results: readonly ServerResult[] }
  /** Other folders than before are shared. */
  | { kind: 'accessChanged' };

export type EngineEvents = {
  subscribe: (listener: (event: EngineEvent) => void) => () => void;
  emit: (event: EngineEvent) => void;
};

export function createEngineEvents(): EngineEvents {
  const { subscribe, emit } = createEmitter<[event: EngineEvent]>();
  return { subscribe, emit: (event) => void emit(event) };
}
