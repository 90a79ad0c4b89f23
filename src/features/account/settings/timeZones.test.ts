import { expect, test } from 'vitest';
import { allZones, findZones } from './timeZones.ts';

test('the current zone is always among them', () => {
  const zones = allZones('Antarctica/Nowhere');
  expect(zones.map((zone) => zone.id)).toContain('Antarctica/Nowhere');
  expect(zones.map((zone) => zone.id)).toContain('UTC');
  expect(new Set(zones.map((zone) => zone.id)).size).toBe(zones.length);
});

test('names are shown as words', () => {
  const zone = allZones('America/Argentina/Buenos_Aires').find(({ id }) => id === 'America/Argentina/Buenos_Aires');
  expect(zone).toMatchObject({ place: 'Buenos Aires', region: 'America · Argentina' });
});

test('every word has to be there; beginnings come first', () => {
  const zones = allZones('Europe/Paris');
  expect(findZones(zones, '')).toBe(zones);
  expect(findZones(zones, 'paris').map((zone) => zone.id)).toEqual(['Europe/Paris']);
  expect(findZones(zones, 'america new_york').map((zone) => zone.id)).toEqual(['America/New_York']);
  expect(findZones(zones, 'new york').map((zone) => zone.id)).toContain('America/New_York');
  expect(findZones(zones, 'lond')[0]?.id).toBe('Europe/London');
  expect(findZones(zones, 'atlantis')).toEqual([]);
});

test('Windows names find their zone', () => {
  const zones = allZones('Europe/Paris');
  expect(findZones(zones, 'Romance Standard Time').map(({ id }) => id)).toEqual(['Europe/Paris']);
  expect(findZones(zones, 'romance').map(({ id }) => id)).toEqual(['Europe/Paris']);
  expect(findZones(zones, 'w. europe standard').map(({ id }) => id)).toEqual(['Europe/Berlin']);
  expect(findZones(zones, 'pacific standard time').map(({ id }) => id)).toContain('America/Los_Angeles');
});
