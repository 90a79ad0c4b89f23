/**
 * Property tests use the same seed in every run, so that a failure comes from the change and not from chance.
 * `FC_SEED=random npm run unit` tries other values, `FC_SEED=<number>` repeats a run.
 */
import fc from 'fast-check';

const asked = process.env['FC_SEED'];
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20261121) });
