import { useLingui } from '@lingui/react/macro';
import { importances } from '../../../domain/task/task.ts';
import type { Importance } from '../../../domain/task/task.ts';
import { importanceLabels } from '../../../ui/labels/taskLabels.ts';
import type { MenuEntry } from '../../../ui/overlays/menu.tsx';

/** The menu choice of an importance; `value` is null where the tasks differ. */
export function useImportanceChoice(value: Importance | null, onChange: (importance: Importance) => void): MenuEntry {
  const { t, i18n } = useLingui();
  return {
    kind: 'choice',
    id: 'importance',
    label: t`Importance`,
    value,
    items: importances.toReversed().map((id) => ({ id, label: i18n._(importanceLabels[id]) })),
    onChange: (id) => {
      const chosen = importances.find((one) => one === id);
      if (chosen !== undefined) onChange(chosen);
    },
  };
}
