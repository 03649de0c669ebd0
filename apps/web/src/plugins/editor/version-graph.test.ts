import { expect, test } from 'vitest'
import { type GraphNode, graphWidth, layoutGraph } from './version-graph.ts'

/** `3<1` is version 3, made from version 1; newest first. */
function nodes(...words: string[]): GraphNode[] {
  return words.map((word) => {
    const [id = '', parentId = null] = word.split('<')
    return { id, parentId }
  })
}

/** A row as text: the node `*`, lines that pass `|`, branches that end here `/`, and nothing ` `. */
function draw(...words: string[]): string[] {
  const rows = layoutGraph(nodes(...words))
  return rows.map(({ id, lane, through, joined }) => {
    const width = Math.max(lane, ...through, ...joined) + 1
    const sign = (at: number) => {
      if (at === lane) return '*'
      if (joined.includes(at)) return '/'
      return through.includes(at) ? '|' : ' '
    }
    return `${Array.from({ length: width }, (_, at) => sign(at)).join('')} ${id}`
  })
}

test.each<[string, string[], string[]]>([
  ['nothing', [], []],
  ['one version', ['1'], ['* 1']],
  ['one after the other', ['3<2', '2<1', '1'], ['* 3', '* 2', '* 1']],
  ['an older version restored', ['4<1', '3<2', '2<1', '1'], ['* 4', '|* 3', '|* 2', '*/ 1']],
  [
    'a branch that ended before the newest went on',
    ['4<2', '3<2', '2<1', '1'],
    ['* 4', '|* 3', '*/ 2', '* 1'],
  ],
  [
    'two branches of one version take two lanes, freed where they began',
    ['5<1', '4<1', '3<1', '2<1', '1'],
    ['* 5', '|* 4', '||* 3', '|||* 2', '*/// 1'],
  ],
  [
    'a lane that is free again is used again',
    ['6<5', '5<3', '4<3', '3<1', '2<1', '1'],
    ['* 6', '* 5', '|* 4', '*/ 3', '|* 2', '*/ 1'],
  ],
  ['branches of branches', ['5<2', '4<3', '3<2', '2<1', '1'], ['* 5', '|* 4', '|* 3', '*/ 2', '* 1']],
  ['a version without a parent among others', ['3<2', '2', '1'], ['* 3', '* 2', '* 1']],
  ['a parent that was not loaded goes on below', ['9<2', '8<7'], ['* 9', '|* 8']],
])('%s', (_, given, expected) => {
  expect(draw(...given)).toEqual(expected)
})

test('a line reaches up to what was made from it, and down to what it was made from', () => {
  const [restored, skipped, first] = layoutGraph(nodes('3<1', '2<1', '1'))
  expect(restored).toMatchObject({ hasChildAbove: false, hasParentBelow: true })
  expect(skipped).toMatchObject({ hasChildAbove: false, hasParentBelow: true })
  expect(first).toMatchObject({ hasChildAbove: true, hasParentBelow: false })
})

test('the width is that of the widest row', () => {
  expect(graphWidth(layoutGraph(nodes('4<1', '3<1', '2<1', '1')))).toBe(3)
  expect(graphWidth([])).toBe(1)
})

test('a thousand versions, each from some earlier one, keep every line unbroken', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => {
    const number = 1_000 - index
    return {
      id: String(number),
      parentId: number === 1 ? null : String(1 + ((number * 7919) % (number - 1))),
    }
  })
  const rows = layoutGraph(many)
  let open = new Set<number>()
  for (const row of rows) {
    const above = new Set([...row.through, ...row.joined, ...(row.hasChildAbove ? [row.lane] : [])])
    expect(above).toEqual(open)
    open = new Set([...row.through, ...(row.hasParentBelow ? [row.lane] : [])])
  }
  expect(open.size).toBe(0)
})
