/** Nothing is there yet to say it with, not even a language. */
export function tellNotOpened(): void {
  const root = document.getElementById('root')
  if (!root) return
  const chinese = document.createElement('p')
  chinese.textContent = '页面未能打开，请检查网络后刷新。'
  const english = document.createElement('p')
  english.lang = 'en'
  english.textContent = 'The page could not be opened. Check the network and reload.'
  root.className = 'empty'
  root.setAttribute('role', 'alert')
  root.replaceChildren(chinese, english)
}
