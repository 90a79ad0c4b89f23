import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { NavLink } from 'react-router';
import { appUrls, viewNames } from '../../domain/urls/appUrls.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import { smartViewDisplay } from './smartViewIcon.tsx';
import styles from './smartViews.module.css';

type Props = {
  counts: Readonly<Record<ViewName, number>>;
  /** `tiles` is for the phone. */
  shape: 'rows' | 'tiles';
  onNavigate?: (() => void) | undefined;
};

/** Views without a count: it would only grow. */
const viewsWithoutCount: readonly ViewName[] = ['completed'];
const tiles: readonly ViewName[] = ['today', 'upcoming', 'overdue', 'important'];

export function SmartViews({ counts, shape, onNavigate }: Props) {
  const { t } = useLingui();
  const draw = (view: ViewName) => <ViewLink key={view} view={view} count={counts[view]} onNavigate={onNavigate} />;
  if (shape === 'rows') {
    return (
      <ul className={styles.rows} aria-label={t`Views`}>
        {viewNames.map(draw)}
      </ul>
    );
  }
  return (
    <ul className={styles.tiles} aria-label={t`Views`}>
      {tiles.map(draw)}
    </ul>
  );
}

/** The views that are no tiles: on the phone they follow the folders. */
export function MoreSmartViews({ counts, onNavigate }: Omit<Props, 'shape'>) {
  const { t } = useLingui();
  const rest = viewNames.filter((view) => !tiles.includes(view));
  return (
    <ul className={styles.rows} aria-label={t`More views`}>
      {rest.map((view) => (
        <ViewLink key={view} view={view} count={counts[view]} onNavigate={onNavigate} />
      ))}
    </ul>
  );
}

type LinkProps = { view: ViewName; count: number; onNavigate?: (() => void) | undefined };

function ViewLink({ view, count, onNavigate }: LinkProps) {
  const { i18n, t } = useLingui();
  const { name, Icon } = smartViewDisplay[view];
  const label = i18n._(name);
  const shown = viewsWithoutCount.includes(view) ? 0 : count;
  return (
    <li>
      <NavLink
        to={appUrls.view(view)}
        className={styles.view ?? ''}
        data-view={view}
        aria-label={shown === 0 ? label : t`${label}, ${plural(shown, { one: '# task', other: '# tasks' })}`}
        onClick={onNavigate}
      >
        <span className={styles.icon}>
          <Icon aria-hidden />
        </span>
        <span className={styles.name}>{label}</span> {shown > 0 && <span className={styles.count}>{shown}</span>}
      </NavLink>
    </li>
  );
}
