import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { pathOfAppLink } from '../../domain/urls/appUrls.ts';
import { LazyBoundary } from '../shell/lazyBoundary.tsx';
import { lazyFeatures } from '../lazyFeatures.ts';
import { UnavailablePlace } from './taskListPage.tsx';
import styles from '../shell/shell.module.css';

/** `/share`: content from another app, stored on this device by the service worker. */
export function ShareRoute() {
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const show = (address: string) => void navigate(address, { replace: true });
  return (
    <div className={styles['list']} data-pane="list">
      <LazyBoundary of={lazyFeatures.shareTarget}>
        {(page) => <page.ShareTargetPage key={query.get('id')} id={query.get('id')} onDone={show} />}
      </LazyBoundary>
    </div>
  );
}

/**
 * `/open`: redirects a `web+threefold:` link to its page; launched files arrive through launchQueue.ts and are
 * redirected at once.
 */
export function OpenRoute() {
  const [query] = useSearchParams();
  const link = query.get('link');
  if (link === null) return <Navigate replace to="/" />;
  const place = pathOfAppLink(link);
  return place === undefined ? <UnavailablePlace kind="notFound" /> : <Navigate replace to={place} />;
}
