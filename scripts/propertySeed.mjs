/**
 * Property tests draw the same values in every run, so that a run says something about the change and not about luck.
 * `FC_SEED=random npm run unit` looks elsewhere, `FC_SEED=<number>` looks where somebody else found something.
 */
import fc from 'fast-check';

const asked = process.env['FC_SEED'];
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20261121) });
