import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { MailboxUsage } from '../../../data/account/useStorageQuota.ts';
import { renderOffline } from '../../../testing/offlineAccount.tsx';
import { StorageSection, UsageRows } from './storageSection.tsx';

const nothing = { items: 0, bytes: 0 };
const usage: MailboxUsage = {
  used: 300 * 1024 * 1024,
  limit: 2 * 1024 ** 3,
  items: 1234,
  itemLimit: 500_000,
  fileLimit: 25 * 1024 * 1024,
  parts: {
    tasks: { items: 1200, bytes: 1_500_000 },
    bin: nothing,
    files: { items: 10, bytes: 299 * 1024 * 1024 },
    places: { items: 24, bytes: 9_000 },
    other: nothing,
  },
};
const meter = page.getByRole('meter', { name: 'Storage used' });

test('says what the mailbox keeps, by part', async () => {
  await renderOffline(<UsageRows usage={usage} />);
  await expect.element(page.getByText('300 MB of 2 GB used, 1,234 of 500,000 entries.')).toBeVisible();
  await expect.element(page.getByText('1,200 · 1.4 MB')).toBeVisible();
  await expect.element(meter).toHaveAttribute('value', String(300 / 2048));
  await expect.element(page.getByText(/full/)).not.toBeInTheDocument();
});

test('says what to do when it is almost full, by bytes or by number', async () => {
  await renderOffline(<UsageRows usage={{ ...usage, items: 460_000 }} />);
  await expect.element(page.getByText(/almost full\. Delete what is not needed and empty the bin/)).toBeVisible();
});

test('says that nothing can be added when it is full', async () => {
  await renderOffline(<UsageRows usage={{ ...usage, used: usage.limit + 1 }} />);
  await expect.element(page.getByText(/is full: nothing can be added/)).toBeVisible();
  await expect.element(meter).toHaveAttribute('value', '1');
});

test('says that the network is missing', async () => {
  await renderOffline(<StorageSection />);
  await expect.element(page.getByText('The list needs the network.')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});
