import { useRef } from 'react'

/** One operation id for one act: the same content asks with the same id, so that a retry never acts twice. */
export function useOperationId() {
  const last = useRef<{ content: string; id: string } | null>(null)
  return {
    of: (content: string) => {
      if (last.current?.content !== content) last.current = { content, id: crypto.randomUUID() }
      return last.current.id
    },
    /** After the act succeeded, the same content again is a new act. */
    renew: () => {
      last.current = null
    },
  }
}
