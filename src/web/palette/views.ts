import { prefer, preferences } from '../core/preferences.ts'

/** Keeps the address one is at under a name, or forgets it where it is kept already. */
export async function keepView(path: string, name: string): Promise<void> {
  const views = preferences.get().views ?? []
  const others = views.filter((view) => view.path !== path)
  await prefer({ views: others.length < views.length ? others : [...others, { name, path }] })
}
