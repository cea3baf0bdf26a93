/**
 * A login for somebody who did not choose one: initials and the start of the volunteer number (`zs-7k2m9qx4`), short
 * enough to type, the same whenever it is made, and telling nothing that the name does not.
 */
export function loginFor(person: { pinyin: string; volunteerNumber: string }): string {
  const initials = (person.pinyin.split(' ')[1] ?? '').replace(/[^a-z]/g, '').slice(0, 4) || 'user'
  return `${initials}-${person.volunteerNumber.toLowerCase().slice(0, 8)}`
}
