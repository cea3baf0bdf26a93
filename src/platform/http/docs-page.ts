/**
 * What keeps somebody from using the page of the documentation as Swagger UI makes it, put right: colours too pale to be read,
 * fields without a name, links inside buttons, and code that no keyboard scrolls.
 */

/** Method, button and text colours with a contrast of 4.5 at least. */
export const docsStyle = `
.swagger-ui .topbar{display:none}
.swagger-ui .btn{transition:none}
.swagger-ui .opblock.opblock-get .opblock-summary-method{background:#0b5cad}
.swagger-ui .opblock.opblock-post .opblock-summary-method{background:#1a7f37}
.swagger-ui .opblock.opblock-put .opblock-summary-method{background:#8a5200}
.swagger-ui .opblock.opblock-patch .opblock-summary-method{background:#0f6b63}
.swagger-ui .opblock.opblock-delete .opblock-summary-method{background:#b3261e}
.swagger-ui .info .title small{background:#555}
.swagger-ui .info .title small.version-stamp{background:#1a7f37}
.swagger-ui .info .title small pre.version{color:#fff}
.swagger-ui .info .url,.swagger-ui .info a.link,.swagger-ui .info a{color:#0b5cad}
.swagger-ui .btn.authorize{border-color:#1a7f37;color:#1a7f37}
.swagger-ui .btn.authorize span{color:#1a7f37}
.swagger-ui .btn.cancel{border-color:#b3261e;color:#b3261e;background:#fff}
.swagger-ui .btn.execute{background-color:#0b5cad;border-color:#0b5cad}
.swagger-ui .download-contents{background:#444}
.swagger-ui .parameter__in,.swagger-ui .parameter__type,.swagger-ui .prop-format{color:#4a4a4a}
.swagger-ui .microlight span[style*="211, 99, 99"]{color:#ffb3b3!important}
`

/** Names what has no name each time the page changes; it runs from the service itself, as the policy of the page asks. */
export const docsScript = `{
const named = (field) => (field.id !== 'servers' && field.labels?.length) || field.getAttribute('aria-label')
function nameOf(field) {
  const row = field.closest('tr[data-param-name]')
  if (row) return row.dataset.paramName
  const path = field.closest('.opblock')?.querySelector('.opblock-summary-path')?.textContent
  if (field.type === 'file') return '文件 · file'
  if (field.id === 'servers') return '服务器 · server'
  if (field.tagName === 'TEXTAREA') return '请求内容 · body' + (path ? ' ' + path : '')
  return field.placeholder || field.name || field.className || field.tagName.toLowerCase()
}
function mend() {
  for (const field of document.querySelectorAll('.swagger-ui input, .swagger-ui select, .swagger-ui textarea'))
    if (!named(field)) field.setAttribute('aria-label', nameOf(field))
  // The button opens the operation and sets the address; a link within it can be reached by no screen reader.
  for (const link of document.querySelectorAll('.opblock-summary-control a[href]')) link.removeAttribute('href')
  for (const code of document.querySelectorAll('.swagger-ui pre.microlight:not([tabindex])')) code.tabIndex = 0
}
let waits = false
new MutationObserver(() => {
  if (waits) return
  waits = true
  requestAnimationFrame(() => {
    waits = false
    mend()
  })
}).observe(document.body, { childList: true, subtree: true })
mend()
}`
