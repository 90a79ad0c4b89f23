import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';

// The provider redirects windows, pop-ups and frames here; the bridge passes the result to the page that opened them.
// Without such a page there is nothing to pass on: go to the app.
broadcastResponseToMainFrame().catch(() => window.location.replace('/'));
