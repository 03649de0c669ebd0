/** One operation id for one act: the same content asks with the same id, so that a retry never acts twice. */
export function createOperation() {
  let last: { content: string; id: string } | null = null
  return {
    of: (content: string) => {
      if (last?.content !== content) last = { content, id: crypto.randomUUID() }
      return last.id
    },
    /** After the act succeeded, the same content again is a new act. */
    renew: () => {
      last = null
    },
  }
}
