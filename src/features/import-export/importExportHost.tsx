import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useImports } from '../../data/importExport/useImportExport.ts';
import type { ShownImport } from '../../data/importExport/useImportExport.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import { PrintSheet } from './print/printSheet.tsx';

/** Mounted beside every page after the first screen: reports finished imports and renders the print sheet. */
export function ImportExportHost() {
  useImportToasts();
  return <PrintSheet />;
}

/** Shows a toast when an import ends on another page than its own. */
function useImportToasts() {
  const { t } = useLingui();
  const { shown } = useImports();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  /** Imports seen running; those that had ended before the app started are not reported. */
  const running = useRef(new Set<string>());
  const report = useEffectEvent(({ id, name, done, state }: ShownImport) => {
    if (state === 'running') running.current.add(id);
    if (state === 'running' || !running.current.delete(id)) return;
    if (pathname === appUrls.exchange()) return;
    const action = { label: t`Show`, onAction: () => void navigate(appUrls.exchange()) };
    const file = truncateName(name);
    if (state === 'done') {
      toasts.show({ text: t`“${file}” is imported: ${plural(done, { one: '# task', other: '# tasks' })}`, action });
    } else if (state === 'refused') {
      toasts.show({ kind: 'error', text: t`The import of “${file}” stopped: no storage left on this device.`, action });
    } else if (state === 'unreadable') {
      const text = t`The import of “${file}” stopped: this version of Threefold cannot read the rest.`;
      toasts.show({ kind: 'error', text, action });
    }
  });
  useEffect(() => shown.forEach(report), [shown]);
}
