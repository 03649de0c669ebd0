import { useState } from 'react'

/** A prompt that has not been sent. `operationId` names this content: sent twice, it makes one generation. */
export type Draft = { prompt: string; target: string; model: string; cap: string; operationId: string }

const blank = (): Draft => ({
  prompt: '',
  target: '',
  model: '',
  cap: '',
  operationId: crypto.randomUUID(),
})

/** A draft kept on this device under `key`, so that a reload or a lost connection loses no words. */
export function useDraft(key: string) {
  const [kept, setKept] = useState(() => ({ key, draft: read(key) }))
  const draft = kept.key === key ? kept.draft : read(key)
  if (kept.key !== key) setKept({ key, draft })

  const keep = (next: Draft) => {
    localStorage.setItem(key, JSON.stringify(next))
    setKept({ key, draft: next })
  }
  return {
    draft,
    change: (changes: Partial<Omit<Draft, 'operationId'>>) =>
      keep({ ...draft, ...changes, operationId: crypto.randomUUID() }),
    /** After it was sent: the words go, target and model stay. */
    clear: () => keep({ ...blank(), target: draft.target, model: draft.model }),
  }
}

function read(key: string): Draft {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    const known = Object.entries(stored ?? {}).filter(
      ([name, value]) => name in blank() && typeof value === 'string',
    )
    return { ...blank(), ...Object.fromEntries(known) }
  } catch {
    return blank()
  }
}
