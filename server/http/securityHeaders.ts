import type { Config } from '../config/config.ts';

export type SecurityHeaderSettings = Pick<Config, 'publicUrl'> & Partial<Pick<Config, 'hstsSubdomains'>>;

/**
 * Headers of every answer. Other sites may call the API with CORS, which Cross-Origin-Resource-Policy does not concern;
 * they cannot embed its answers.
 */
export function securityHeaders({ publicUrl, hstsSubdomains = false }: SecurityHeaderSettings): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(publicUrl.startsWith('https:') && {
      'Strict-Transport-Security': `max-age=31536000${hstsSubdomains ? '; includeSubDomains' : ''}`,
    }),
  };
}

/** For pages: the app and the sign-in pages use none of these features, so neither may anything inside them. */
export const permissionsPolicy = (
  'accelerometer camera display-capture geolocation gyroscope hid magnetometer microphone midi payment serial usb ' +
  'xr-spatial-tracking'
)
  .split(' ')
  .map((feature) => `${feature}=()`)
  .join(', ');
