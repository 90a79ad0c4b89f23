import { expect, test } from 'vitest';
import { createDraftLog } from './draftLog.ts';
import { createPreferenceStore } from './preferences.ts';

function memory(): Storage {
  const held = new Map<string, string>();
  return {
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => void held.set(name, value),
    removeItem: (name) => void held.delete(name),
    clear: () => held.clear(),
    key: (at) => [...held.keys()][at] ?? null,
    get length() {
      return held.size;
    },
  };
}

/** A slow database that answers when the test says so. */
function slowDisk() {
  const kept = new Map<string, string | null>();
  const pendingWrites: (() => void)[] = [];
  return {
    kept,
    asked: pendingWrites,
    write: (batch: readonly (readonly [string, string | null])[]) =>
      new Promise<boolean>((resolve) => {
        pendingWrites.push(() => {
          for (const [key, text] of batch) kept.set(key, text);
          resolve(true);
        });
      }),
  };
}

test('text typed while the disk is busy is kept after the page closes', async () => {
  const storage = memory();
  const disk = slowDisk();
  const texts = createPreferenceStore(new Map([['old', 'kept']]), disk.write, createDraftLog(storage, 'ada'));
  texts.set('subject', 'Renew pass');
  texts.set('subject', 'Renew passport');
  texts.set('notes', 'Two photos');
  texts.remove('old');

  // The page closes before the disk answers.
  const again = createPreferenceStore(new Map([['old', 'kept']]), disk.write, createDraftLog(storage, 'ada'));
  expect([again.get('subject'), again.get('notes'), again.get('old')]).toEqual([
    'Renew passport',
    'Two photos',
    undefined,
  ]);
  // It is stored without being typed again, and leaves the draft log.
  const saved = again.flushed();
  disk.asked.at(-1)?.();
  await saved;
  expect([...disk.kept]).toEqual([
    ['subject', 'Renew passport'],
    ['notes', 'Two photos'],
    ['old', null],
  ]);
  expect(storage.length).toBe(0);
});

test('a text that could not be stored stays in the draft log; other accounts’ texts are untouched', async () => {
  const storage = memory();
  const ada = createDraftLog(storage, 'ada');
  const texts = createPreferenceStore(new Map(), () => Promise.resolve(false), ada);
  texts.set('subject', 'Call');
  await texts.flushed();
  expect([...ada.entries()]).toEqual([['subject', 'Call']]);
  createDraftLog(storage, 'bob').record('subject', 'Bob’s');
  expect([...ada.entries()]).toEqual([['subject', 'Call']]);
  expect([...createDraftLog(storage, 'bob').entries()]).toEqual([['subject', 'Bob’s']]);
});

test('a text that could not be stored is stored with the next one', async () => {
  const storage = memory();
  const kept = new Map<string, string | null>();
  let hasRoom = false;
  const write = (batch: readonly (readonly [string, string | null])[]) => {
    if (hasRoom) for (const [key, text] of batch) kept.set(key, text);
    return Promise.resolve(hasRoom);
  };
  const texts = createPreferenceStore(new Map(), write, createDraftLog(storage, 'ada'));
  texts.set('subject', 'Call');
  texts.set('subject', 'Call the');
  await texts.flushed();
  hasRoom = true;
  texts.set('notes', 'At ten');
  await texts.flushed();
  expect(Object.fromEntries(kept)).toEqual({ subject: 'Call the', notes: 'At ten' });
  expect(storage.length).toBe(0);
});
