import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';

// The provider sends people, pop-ups and hidden frames back to this page; the bridge hands the answer to the page that
// asked. Opened by hand, or after an answer nobody waits for, there is nothing to hand over: go to the app.
broadcastResponseToMainFrame().catch(() => window.location.replace('/'));
