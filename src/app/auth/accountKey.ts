/**
 * Names an account on this device: a hash of issuer and subject, so that a database name reveals nothing
 * (docs/architecture.md#accounts-on-this-device).
 */
export async function accountKey(issuer: string, subject: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${issuer}\n${subject}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
