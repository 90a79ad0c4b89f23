import { expect, test } from 'vitest';
import { allTimeZones, searchTimeZones } from './timeZones.ts';

test('the current zone is always among them', () => {
  const zones = allTimeZones('Antarctica/Nowhere');
  expect(zones.map((zone) => zone.id)).toContain('Antarctica/Nowhere');
  expect(zones.map((zone) => zone.id)).toContain('UTC');
  expect(new Set(zones.map((zone) => zone.id)).size).toBe(zones.length);
});

test('zone names are shown with spaces', () => {
  const zone = allTimeZones('America/Argentina/Buenos_Aires').find(({ id }) => id === 'America/Argentina/Buenos_Aires');
  expect(zone).toMatchObject({ place: 'Buenos Aires', region: 'America · Argentina' });
});

test('a search needs every word, and lists matches at the beginning first', () => {
  const zones = allTimeZones('Europe/Paris');
  expect(searchTimeZones(zones, '')).toBe(zones);
  expect(searchTimeZones(zones, 'paris').map((zone) => zone.id)).toEqual(['Europe/Paris']);
  expect(searchTimeZones(zones, 'america new_york').map((zone) => zone.id)).toEqual(['America/New_York']);
  expect(searchTimeZones(zones, 'new york').map((zone) => zone.id)).toContain('America/New_York');
  expect(searchTimeZones(zones, 'lond')[0]?.id).toBe('Europe/London');
  expect(searchTimeZones(zones, 'atlantis')).toEqual([]);
});

test('Windows names find their zone', () => {
  const zones = allTimeZones('Europe/Paris');
  expect(searchTimeZones(zones, 'Romance Standard Time').map(({ id }) => id)).toEqual(['Europe/Paris']);
  expect(searchTimeZones(zones, 'romance').map(({ id }) => id)).toEqual(['Europe/Paris']);
  expect(searchTimeZones(zones, 'w. europe standard').map(({ id }) => id)).toEqual(['Europe/Berlin']);
  expect(searchTimeZones(zones, 'pacific standard time').map(({ id }) => id)).toContain('America/Los_Angeles');
});
