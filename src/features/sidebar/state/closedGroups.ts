import { useState } from 'react';

const keyOf = (account: string) => `threefold:closed-groups:${account}`;

function stored(account: string): ReadonlySet<string> {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(keyOf(account)) ?? '[]');
    return new Set(Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : []);
  } catch {
    // Storage is blocked or holds something else: every group stands open, as on a new device.
    return new Set();
  }
}

function store(account: string, closed: ReadonlySet<string>): void {
  try {
    localStorage.setItem(keyOf(account), JSON.stringify([...closed]));
  } catch {
    // A full or blocked storage costs the memory of closed groups, nothing else.
  }
}

/** Which groups are closed, kept per account on this device. New groups stand open. */
export function useClosedGroups(account: string) {
  const [closed, setClosed] = useState(() => stored(account));
  function setOpen(groupId: string, isOpen: boolean) {
    const next = new Set(closed);
    if (isOpen) next.delete(groupId);
    else next.add(groupId);
    store(account, next);
    setClosed(next);
  }
  return { closed, setOpen };
}
