import { useSyncExternalStore } from 'react';
import { canonicalZone } from '../../domain/time/time.ts';
import type { Day } from '../../domain/time/time.ts';
import { useSyncEngine } from '../dataProvider.tsx';

/**
 * The mailbox's zone: from its settings on the server if it has any, else this device's
 * (docs/architecture.md#time-and-recurrence).
 */
export function useTimeZone(): { zone: string; setZone: (zone: string) => Promise<void> } {
  const { zone } = useSyncEngine();
  return { zone: useSyncExternalStore(zone.subscribe, zone.current), setZone: zone.set };
}

/** The zone of this browser, which travels; the mailbox's does not. */
export function useBrowserZone(): string {
  const { ports } = useSyncEngine();
  return canonicalZone(ports.zone()) ?? 'UTC';
}

/** Today in the mailbox's zone; rolls over at its midnight. */
export function useToday(): { today: Day; zone: string } {
  const { today } = useSyncEngine();
  const { zone } = useTimeZone();
  return { today: useSyncExternalStore(today.subscribe, today.current), zone };
}
