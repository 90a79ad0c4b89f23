import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createObservable } from '../../domain/async/observable.ts';
import { renderOffline } from '../../testing/offlineAccount.tsx';
import { ClockBanner } from './clockBanner.tsx';

const minute = 60_000;
const day = 24 * 60 * minute;

test('says how wrong the clock is, and goes when it is right', async () => {
  const clockSkew = createObservable(0);
  await renderOffline(<ClockBanner />, { clockSkew });
  const banner = page.getByText(/The clock of this device is/);
  await expect.element(banner).not.toBeInTheDocument();
  const advice = 'Today and reminders follow it: set it in the settings of the device.';
  clockSkew.set(30 * day);
  await expect.element(banner).toHaveTextContent(`The clock of this device is 30 days behind. ${advice}`);
  clockSkew.set(-3 * 60 * minute);
  await expect.element(banner).toHaveTextContent(`The clock of this device is 3 hours ahead. ${advice}`);
  clockSkew.set(10 * minute);
  await expect.element(banner).toHaveTextContent(`The clock of this device is 10 minutes behind. ${advice}`);
  clockSkew.set(4 * minute);
  await expect.element(banner).not.toBeInTheDocument();
});
