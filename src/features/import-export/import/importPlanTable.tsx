import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ImportPlan } from '../../../data/importExport/useImportExport.ts';
import { Button } from '../../../ui/controls/button.tsx';
import styles from '../importExport.module.css';

/** Folders shown before "more". */
const most = 8;

/** The target of each folder's tasks, and what is created for them. */
export function ImportPlanTable({ plan }: { plan: ImportPlan }) {
  const { t } = useLingui();
  const [isAll, setIsAll] = useState(false);
  const { folders, newGroups, newCategories } = plan;
  const shown = isAll ? folders : folders.slice(0, most);
  const alsoNew = [
    ...(newGroups.length === 0
      ? []
      : [t`${plural(newGroups.length, { one: '# new group', other: '# new groups' })}: ${newGroups.join(', ')}`]),
    ...(newCategories === 0 ? [] : [t`${plural(newCategories, { one: '# new category', other: '# new categories' })}`]),
  ];
  return (
    <div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t`Folder`}</th>
            <th scope="col" className={styles.number}>{t`Tasks`}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, newIn, tasks }, index) => (
            // The same folder may stand twice; the list never moves.
            <tr key={`${index} ${name}`}>
              <td>
                {name}
                {newIn !== null && <span className={styles.badge}>{newIn === '' ? t`new` : t`new in ${newIn}`}</span>}
              </td>
              <td className={styles.number}>{tasks}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {folders.length > most && !isAll && (
        <Button variant="quiet" onPress={() => setIsAll(true)}>
          {t`Show all ${folders.length} folders`}
        </Button>
      )}
      {alsoNew.map((line) => (
        <p key={line} className={styles.hint}>
          {line}
        </p>
      ))}
    </div>
  );
}
