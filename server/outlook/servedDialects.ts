import type { Dialect } from '../../src/wire/dialect.ts';
import { graphBeta, outlookRest } from '../../src/wire/outlook/outlookDialects.ts';

/** The beta version of the Outlook REST API: v2.0 under its own root (docs/protocol.md#endpoints-of-v2). */
const outlookRestBeta: Dialect = { ...outlookRest, root: '/api/beta' };

/** Every dialect that is served, by its root. The clients of the app use the first and the last. */
export const servedDialects: readonly Dialect[] = [outlookRest, outlookRestBeta, graphBeta];
