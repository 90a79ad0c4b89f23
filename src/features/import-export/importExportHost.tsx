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

/** Beside every place, after the first screen: imports go on, and what is printed is made for paper. */
export function ImportExportHost() {
  useToldImports();
  return <PrintSheet />;
}

/** An import goes on wherever the person is, and says when it is over. Its own page shows it without that. */
function useToldImports() {
  const { t } = useLingui();
  const { shown } = useImports();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  /** Seen under way and not told about yet: what was over before this start is no news. */
  const running = useRef(new Set<string>());
  const tell = useEffectEvent(({ id, name, done, state }: ShownImport) => {
    if (state === 'running') running.current.add(id);
    if (state === 'running' || !running.current.delete(id)) return;
    if (pathname === appUrls.exchange()) return;
    const action = { label: t`Show`, onAction: () => void navigate(appUrls.exchange()) };
    const file = truncateName(name);
    if (state === 'done') {
      toasts.show({ text: t`“${file}” is imported: ${plural(done, { one: '# task', other: '# tasks' })}`, action });
    } else if (state === 'refused') {
      toasts.show({ kind: 'error', text: t`The import of “${file}” stands still: this device keeps no more.`, action });
    }
  });
  useEffect(() => shown.forEach(tell), [shown]);
}
