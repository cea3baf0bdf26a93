import { eq } from 'drizzle-orm'
import { attendances } from '#modules/attendance/schema.ts'
import type { TestApp } from '#test/support/app.ts'
import type { Volunteer } from '#test/support/factories/attendance.ts'

export const onTime = { at: '2026-03-04T13:25:00+08:00', worker: false }

export function open(app: TestApp, { token }: { token: string }, language = 'zh-CN') {
  return app.request.get(`/c/${token}`).set('accept', 'text/html').set('accept-language', language)
}

/** Sends the form of a page that leads to `action`, as a browser without scripts does. */
export async function press(
  app: TestApp,
  volunteer: Volunteer,
  action: string,
  choice?: string,
  more: object = {},
) {
  const page = (await open(app, volunteer)).text
  const forms = page.match(/<form .*?<\/form>/gs) ?? []
  const form = forms.find(
    (each) => each.includes(`/${action}?`) && (!choice || each.includes(`value="${choice}"`)),
  )
  if (!form) throw new Error(`no form for ${action} on this page:\n${page}`)
  const fields = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
    ([, name, value]) => [name, value],
  )
  const target = /action="([^"]*)"/.exec(form)?.[1] as string
  const body = { ...Object.fromEntries(fields), ...more }
  return app.request.post(target).type('form').set('accept', 'text/html').send(body)
}

export async function attendanceOf(app: TestApp, { assignmentId }: Volunteer) {
  const [row] = await app.db.read.select().from(attendances).where(eq(attendances.assignmentId, assignmentId))
  return row
}
