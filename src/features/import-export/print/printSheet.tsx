import { useEffect, useEffectEvent, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { useLocation } from 'react-router';
import { viewNames } from '../../../domain/urls/appUrls.ts';
import type { ViewName } from '../../../domain/urls/appUrls.ts';
import type { Place } from '../../../domain/task/task.ts';
import { endPrintRequest, printRequest, usePrintRequest } from '../../../ui/browser/printRequest.ts';
import { PrintFolder, PrintView } from './printList.tsx';
import { PrintTask } from './printTask.tsx';
import styles from './print.module.css';

type Printed =
  | { kind: 'view'; name: ViewName }
  | { kind: 'folder'; place: Place }
  | { kind: 'task'; id: string; folder: Place | null };

/**
 * The content of the printed page: every task of the place, not only the visible rows, black on white. Rendered on the
 * browser's print event, whether from a menu, a key or the browser.
 */
export function PrintSheet() {
  const { pathname } = useLocation();
  const [printed, setPrinted] = useState<Printed | null>(null);
  const request = usePrintRequest();
  // The browser captures the page when the listeners return.
  const begin = useEffectEvent(() => flushSync(() => setPrinted(printedAt(pathname))));
  useEffect(() => {
    const before = () => begin();
    const after = () => setPrinted(null);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  useEffect(() => {
    if (request === null) return undefined;
    // The menu that asked closes first.
    const timer = setTimeout(() => {
      window.print();
      endPrintRequest();
    }, 0);
    return () => clearTimeout(timer);
  }, [request]);
  if (printed === null) return null;
  return createPortal(
    <div className={styles.sheet} data-print>
      {printed.kind === 'task' ? (
        <PrintTask id={printed.id} folder={printed.folder} />
      ) : printed.kind === 'folder' ? (
        <PrintFolder place={printed.place} />
      ) : (
        <PrintView name={printed.name} />
      )}
    </div>,
    document.body,
  );
}

/** The open task when it has the focus or fills the screen; else the list. Null where there is neither. */
function printedAt(pathname: string): Printed | null {
  const request = printRequest();
  if (request?.kind === 'list' && request.place !== null) return { kind: 'folder', place: request.place };
  const { list, taskId } = placeAt(pathname);
  if (list === null) return null;
  const editor = document.querySelector('[data-task-editor]');
  const listPane = document.querySelector('[data-pane="list"]');
  const isTask =
    request === null
      ? editor?.contains(document.activeElement) === true || listPane === null || !listPane.checkVisibility()
      : request.kind === 'task';
  if (taskId === null || !isTask) return list;
  return { kind: 'task', id: taskId, folder: list.kind === 'folder' ? list.place : null };
}

function placeAt(pathname: string): { list: Exclude<Printed, { kind: 'task' }> | null; taskId: string | null } {
  const parts = pathname.split('/').slice(1).map(decodeURIComponent);
  const [mailbox, rest] = parts[0] === 'people' ? [parts[1] ?? '', parts.slice(2)] : ['me', parts];
  const [first, second, third, fourth] = rest;
  const view = viewNames.find((name) => name === first);
  if (view !== undefined) return { list: { kind: 'view', name: view }, taskId: third ?? null };
  if (first !== 'folders' || second === undefined) return { list: null, taskId: null };
  return { list: { kind: 'folder', place: { mailbox, id: second } }, taskId: fourth ?? null };
}
