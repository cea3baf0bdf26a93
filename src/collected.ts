/** Merges the records of several slices. @throws Error when two use the same name */
export function collected<T extends object>(...slices: T[]): T {
  const names = slices.flatMap((slice) => Object.keys(slice))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice) throw new Error(`two slices bring ${twice}`)
  return Object.assign({}, ...slices)
}
