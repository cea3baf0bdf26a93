/**
 * The one open roll in IndexedDB, sealed with a key that this browser makes and never gives out. It protects a copied
 * file, not an unlocked phone.
 */
const database = 'muster-phone'
const keyId = 'key'
const rollId = 'roll'

/** Whether this browser can keep a roll over a restart: over plain http, but for this machine itself, none can. */
export const canKeep = typeof indexedDB !== 'undefined' && globalThis.crypto?.subtle !== undefined

interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => request.result.createObjectStore('kept')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await opened()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction('kept', mode, { durability: 'strict' })
      const request = work(transaction.objectStore('kept'))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    db.close()
  }
}

async function key(): Promise<CryptoKey> {
  const found = await within<CryptoKey | undefined>('readonly', (store) => store.get(keyId))
  if (found) return found
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  await within('readwrite', (store) => store.put(made, keyId))
  return made
}

/** Seals a value and keeps it in the place of the one before. */
export async function seal(value: unknown): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(JSON.stringify(value))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), text)
  await within('readwrite', (store) => store.put({ iv, data } satisfies Sealed, rollId))
}

/** What is kept; undefined when there is nothing, or nothing that this browser can open. */
export async function unseal(): Promise<unknown> {
  if (!canKeep) return undefined
  try {
    const sealed = await within<Sealed | undefined>('readonly', (store) => store.get(rollId))
    if (!sealed) return undefined
    const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, await key(), sealed.data)
    return JSON.parse(new TextDecoder().decode(opened))
  } catch {
    return undefined
  }
}

/** Takes the roll and its key away. */
export async function wipe(): Promise<void> {
  if (canKeep) await within('readwrite', (store) => store.clear())
}
