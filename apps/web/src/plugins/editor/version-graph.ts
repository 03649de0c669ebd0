/** What the graph needs of a version. */
export type GraphNode = { id: string; parentId: string | null }

/** How one row of the graph is drawn. Lanes count from the left. */
export type GraphRow = {
  id: string
  lane: number
  /** A line comes from above: something newer goes on from it in its own lane. */
  hasChildAbove: boolean
  /** A line goes on below, to what it was made from. */
  hasParentBelow: boolean
  /** Lanes that pass by without touching it. */
  through: readonly number[]
  /** Lanes that end here from above: branches that began at it. */
  joined: readonly number[]
}

/**
 * Lays out versions, newest first, so that every line of descent keeps its lane from its newest version down to where it
 * began. The newest version's own line is the first lane. A parent that is not among the nodes is further below.
 */
export function layoutGraph(nodes: readonly GraphNode[]): GraphRow[] {
  /** What each lane leads down to; null is free. */
  const lanes: (string | null)[] = []
  return nodes.map(({ id, parentId }) => {
    const [own, ...joined] = lanes.flatMap((target, lane) => (target === id ? [lane] : []))
    const free = lanes.indexOf(null)
    const lane = own ?? (free === -1 ? lanes.length : free)
    const through = lanes.flatMap((target, other) => (target !== null && target !== id ? [other] : []))
    for (const end of joined) lanes[end] = null
    lanes[lane] = parentId
    while (lanes.at(-1) === null) lanes.pop()
    return { id, lane, hasChildAbove: own !== undefined, hasParentBelow: parentId !== null, through, joined }
  })
}

/** How many lanes a graph takes at its widest. */
export function graphWidth(rows: readonly GraphRow[]): number {
  return rows.reduce((most, { lane, through, joined }) => Math.max(most, lane, ...through, ...joined), 0) + 1
}
