// Sends the position along with a check-in if the person allows it. Without it the form is sent all the same.
addEventListener('submit', (event) => {
  const form = event.target
  const button = form.querySelector('button')
  if (form.dataset.sent) return event.preventDefault()
  form.dataset.sent = '1'
  button.setAttribute('aria-busy', 'true')
  if (!form.dataset.locating || !navigator.geolocation) return
  event.preventDefault()
  button.textContent = form.dataset.locating
  let gone = false
  const send = (position) => {
    if (gone) return
    gone = true
    const { latitude, longitude, accuracy } = position?.coords ?? {}
    for (const [name, value] of Object.entries({ latitude, longitude, accuracyM: accuracy })) {
      if (!Number.isFinite(value)) continue
      const input = document.createElement('input')
      Object.assign(input, { type: 'hidden', name, value: String(value) })
      form.append(input)
    }
    form.submit()
  }
  navigator.geolocation.getCurrentPosition(send, () => send(), {
    enableHighAccuracy: true,
    timeout: 5000,
    maximumAge: 60000,
  })
  setTimeout(send, 7000)
})
// A page that comes back from the browser's memory may be sent again.
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})
