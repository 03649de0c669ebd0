/** A value that tells when it is replaced. */
export type Store<Value> = {
  get: () => Value
  /** Tells the listeners, unless the value is the same. */
  set: (value: Value) => void
  /** Returns how to stop listening. */
  onChange: (listener: (value: Value) => void) => () => void
}

export function createStore<Value>(first: Value): Store<Value> {
  let current = first
  const listeners = new Set<(value: Value) => void>()
  return {
    get: () => current,
    set: (value) => {
      if (value === current) return
      current = value
      for (const listener of [...listeners]) listener(value)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
