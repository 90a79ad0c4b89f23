import { createRoot } from 'react-dom/client';
import { createLazyChunk } from '../domain/async/lazyChunk.ts';
import { shareTargetPaths } from '../domain/urls/reservedPaths.ts';
import { systemClock } from '../domain/time/time.ts';
import { activate, chooseLanguage } from '../i18n/i18n.ts';
import { browserKnownAccounts, type KnownAccounts } from '../sync/storage/knownAccounts.ts';
import { runWhenIdle } from '../ui/loading/idleLoading.ts';
import { applyTheme } from '../ui/browser/theme.ts';
import '../ui/styles/designTokens.css';
import '../ui/styles/base.css';
import { accountKey } from './auth/accountKey.ts';
import { App } from './appRoot.tsx';
import { appUpdates } from './pwa/appUpdates.ts';
import { persistence } from './persistence.ts';
import { createSessions, type Sessions } from './auth/signInSession.ts';
import { loadRuntimeConfig, type RuntimeConfig } from './config/runtimeConfig.ts';
import { preventFileDrop } from './shell/preventFileDrop.ts';

const msalChunk = createLazyChunk(() => import('./auth/msalAuth.tsx'));
const launchQueueChunk = createLazyChunk(() => import('./pwa/launchQueue.ts'));

const clock = systemClock(() => Date.now());

/** MSAL loads after the first paint: a known account is drawn from this device first. */
function openSessions(settings: RuntimeConfig, device: KnownAccounts): Sessions {
  const discovery = `discovery ${settings.auth.authority}`;
  return createSessions({
    device,
    origin: location.origin,
    goHome: () => history.pushState(null, '', '/'),
    async loadAuth() {
      const { createMsalAuth } = await msalChunk.get();
      return createMsalAuth({
        settings: settings.auth,
        origin: location.origin,
        fetch: (...request) => fetch(...request),
        discovery: { read: () => persistence.read(discovery), save: (text) => persistence.save(discovery, text) },
        keyOf: accountKey,
      });
    },
  });
}

async function start(root: HTMLElement) {
  const device = browserKnownAccounts();
  applyTheme();
  preventFileDrop();
  const catalog = activate(chooseLanguage(navigator.languages));
  const outcome = await loadRuntimeConfig(
    (...request) => fetch(...request),
    device.config,
    (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  );
  await catalog;
  const react = createRoot(root);
  if (!outcome.ok) return react.render(<App clock={clock} outcome={outcome} />);
  const sessions = openSessions(outcome.settings, device);
  react.render(<App clock={clock} outcome={{ ...outcome, sessions }} />);
  await sessions.start();
}

/** Shows why the app did not start, without components or translations, which may not have loaded. */
function showFailure(root: HTMLElement, error: unknown): never {
  root.textContent =
    error instanceof DOMException && error.name === 'SecurityError'
      ? 'Threefold cannot start: this browser blocks site data for this page. Allow it in the site settings, then reload.'
      : 'Threefold could not start. Check the network, then reload the page.';
  throw error;
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
start(root).catch((error: unknown) => showFailure(root, error));
if (location.pathname === shareTargetPaths.open)
  void launchQueueChunk.get().then(({ receiveLaunchedFiles }) => receiveLaunchedFiles());
if (import.meta.env.PROD) runWhenIdle(() => void appUpdates.start());
