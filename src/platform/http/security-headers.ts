import { policyWith } from './layout.ts'

/**
 * The security headers of every answer, as constants: helmet would build its middleware again for each request, which
 * is slow under load.
 * @param https whether the service is reached by HTTPS: only then HSTS is sent, for one year
 */
export function securityHeaders(https: boolean): Record<string, string> {
  return {
    // Answers may contain personal data, unless their route says otherwise.
    'cache-control': 'no-store',
    'content-security-policy': policyWith(),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    // Own pages may ask for the position (check-in), and for nothing else.
    'permissions-policy': 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    ...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  }
}
