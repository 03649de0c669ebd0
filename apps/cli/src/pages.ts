/** The pages of a list one after another, at most `limit` rows in all: each is asked for when the one before was used. */
export async function* pagesOf<Row>(
  ask: (page: {
    cursor: string | null
    limit: number
  }) => Promise<{ items: Row[]; nextCursor: string | null }>,
  { limit, pageSize }: { limit: number; pageSize: number },
): AsyncGenerator<Row[]> {
  let left = limit
  let cursor: string | null = null
  do {
    const { items, nextCursor }: { items: Row[]; nextCursor: string | null } = await ask({
      cursor,
      limit: Math.min(left, pageSize),
    })
    yield items
    left -= items.length
    cursor = nextCursor
  } while (cursor !== null && left > 0)
}

/** How much of a list a person asked for. */
export type ListOptions = { search?: string; limit: number; all?: boolean }

export function rowsOf({ limit, all }: ListOptions): number {
  return all ? Number.POSITIVE_INFINITY : limit
}
