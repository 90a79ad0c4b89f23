import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { pathOfAppLink } from '../../domain/urls/appUrls.ts';
import { LazyBoundary } from '../shell/lazyBoundary.tsx';
import { lazyFeatures } from '../lazyFeatures.ts';
import { UnavailablePlace } from './taskListPage.tsx';
import styles from '../shell/shell.module.css';

/** `/share`: what another app shared, which the service worker has put on this device. */
export function ShareRoute() {
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const show = (address: string) => void navigate(address, { replace: true });
  return (
    <div className={styles['list']} data-pane="list">
      <LazyBoundary of={lazyFeatures.arrival}>
        {(page) => <page.ShareTargetPage key={query.get('id')} id={query.get('id')} onDone={show} />}
      </LazyBoundary>
    </div>
  );
}

/** `/open`: a `web+threefold:` link leads to its place; files come by launchQueue.ts, and stand here only for a moment. */
export function OpenRoute() {
  const [query] = useSearchParams();
  const link = query.get('link');
  if (link === null) return <Navigate replace to="/" />;
  const place = pathOfAppLink(link);
  return place === undefined ? <UnavailablePlace kind="notFound" /> : <Navigate replace to={place} />;
}
