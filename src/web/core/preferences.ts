import { type PreferencesBody, readPreferences, savePreferences } from '../api/operations.ts'
import { ask } from './ask.ts'
import { isRefusal } from './refused.ts'
import { storeOf } from './store.ts'

/** What the user has chosen for the console. */
export const preferences = storeOf<PreferencesBody>({})

/** Reads what was chosen. Returns it. */
export async function loadPreferences(): Promise<PreferencesBody> {
  const { version: _, ...chosen } = await ask(readPreferences, {})
  preferences.set(chosen)
  return chosen
}

/**
 * Changes one choice and keeps the others as they are at the service, whatever another tab chose meanwhile. The page
 * follows at once; when the choice cannot be kept it holds for this page alone.
 */
export async function prefer(change: Partial<PreferencesBody>): Promise<void> {
  preferences.set({ ...preferences.get(), ...change })
  for (let tried = 1; ; tried++) {
    const { version, ...chosen } = await ask(readPreferences, {})
    const body = { ...chosen, ...change, columns: { ...chosen.columns, ...change.columns } }
    try {
      await ask(savePreferences, { body }, { version })
      return
    } catch (error) {
      if (tried === 3 || !isRefusal(error, 412)) throw error
    }
  }
}
