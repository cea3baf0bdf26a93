import { policyWith } from './layout.ts'

/**
 * What every answer tells a browser to be careful with. Constants, made once: helmet builds its middleware anew for
 * each request, which a crowd at the door feels.
 * @param https whether the service is reached by HTTPS: only then browsers are told to stay with it for a year
 */
export function securityHeaders(https: boolean): Record<string, string> {
  return {
    'content-security-policy': policyWith(),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    ...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'SAMEORIGIN',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  }
}
