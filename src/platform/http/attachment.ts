/**
 * The `Content-Disposition` header of a download with a file name in any language (RFC 6266); `plain` is the name for
 * clients that support ASCII only.
 */
export function attachment(name: string, plain: string): string {
  const clean = name.replace(/[\\/:*?"<>|\r\n]/g, ' ').trim()
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
