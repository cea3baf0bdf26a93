/**
 * What this phone keeps, in IndexedDB, sealed with a key that this browser makes and never gives out: the open roll, and the
 * visits of an inspector with their pictures. It protects a copied file, not an unlocked phone.
 */
import { type Disk, memoryDisk } from './disk.ts'

const database = 'muster-phone'
const keyId = 'key'

/** Whether this browser can keep anything over a restart: over plain http, but for this machine itself, none can. */
export const canKeep = typeof indexedDB !== 'undefined' && globalThis.crypto?.subtle !== undefined

interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
  /** It is not JSON. */
  bytes?: boolean
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

/** One page of the browser at a time writes: a key must not be taken away while something is sealed with it. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? (navigator.locks.request('muster-kept', work) as Promise<T>) : work()
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

const sealedDisk: Disk = {
  put: (name, value) =>
    alone(async () => {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const bytes = value instanceof ArrayBuffer
      const plain = bytes ? value : new TextEncoder().encode(JSON.stringify(value))
      const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), plain)
      await within('readwrite', (store) => store.put({ iv, data, bytes } satisfies Sealed, name))
    }),
  async get(name) {
    try {
      const sealed = await within<Sealed | undefined>('readonly', (store) => store.get(name))
      if (!sealed) return undefined
      const { iv, data, bytes = false } = sealed
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await key(), data)
      return bytes ? plain : JSON.parse(new TextDecoder().decode(plain))
    } catch {
      return undefined
    }
  },
  /** The key goes with the last thing that it sealed. */
  remove: (names) =>
    alone(async () => {
      await within('readwrite', (store) => {
        for (const name of names) store.delete(name)
        const left = store.getAllKeys()
        left.onsuccess = () => {
          if (left.result.every((name) => name === keyId)) store.delete(keyId)
        }
        return left
      })
    }),
}

/** The store of this phone, for everything that it keeps. */
export const disk: Disk = canKeep ? sealedDisk : memoryDisk()
