import { prefer, preferences } from '../core/preferences.ts'

/** Keeps the address one is at under a name, or forgets it where it is kept already. Returns whether it is kept now. */
export async function keepView(path: string, name: string): Promise<boolean> {
  const views = preferences.get().views ?? []
  const others = views.filter((view) => view.path !== path)
  const keep = others.length === views.length
  await prefer({ views: keep ? [...others, { name, path }] : others })
  return keep
}
