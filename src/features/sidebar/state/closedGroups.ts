import { useState } from 'react';

const keyOf = (account: string) => `threefold:closed-groups:${account}`;

function readClosed(account: string): ReadonlySet<string> {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(keyOf(account)) ?? '[]');
    return new Set(Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : []);
  } catch {
    // Storage is blocked or holds invalid JSON: every group is open, as on a new device.
    return new Set();
  }
}

function writeClosed(account: string, closed: ReadonlySet<string>): void {
  try {
    localStorage.setItem(keyOf(account), JSON.stringify([...closed]));
  } catch {
    // With full or blocked storage, closed groups are open again after a reload.
  }
}

/** The closed groups, stored per account on this device. New groups are open. */
export function useClosedGroups(account: string) {
  const [closed, setClosed] = useState(() => readClosed(account));
  function setOpen(groupId: string, isOpen: boolean) {
    const next = new Set(closed);
    if (isOpen) next.delete(groupId);
    else next.add(groupId);
    writeClosed(account, next);
    setClosed(next);
  }
  return { closed, setOpen };
}
