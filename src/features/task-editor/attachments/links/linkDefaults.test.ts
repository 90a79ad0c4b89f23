import { expect, test } from 'vitest';
import { linkName, linkProvider } from './linkDefaults.ts';

test.each([
  ['https://acme-my.sharepoint.com/x/Plan%20B.docx', 'oneDriveBusiness', 'Plan B.docx'],
  ['https://1drv.ms/u/s!A', 'oneDriveConsumer', 's!A'],
  ['https://www.dropbox.com/', 'dropbox', 'www.dropbox.com'],
  ['https://notdropbox.com/a/%E0', 'other', '%E0'],
] as const)('%s is kept in %s and called %s', (address, provider, name) => {
  const url = new URL(address);
  expect([linkProvider(url), linkName(url)]).toEqual([provider, name]);
});
