import { describe, expect, test } from 'vitest'
import { createOutput, facts } from './output.ts'
import { pagesOf } from './pages.ts'

type Row = { name: string; amount: bigint }

function record(isJson: boolean) {
  const out: string[] = []
  const err: string[] = []
  const output = createOutput(
    { stdout: { write: (text) => out.push(text) }, stderr: { write: (text) => err.push(text) } },
    isJson,
  )
  return { output, stdout: () => out.join(''), stderr: () => err.join(''), writes: () => out.length }
}

const columns = [
  { title: 'NAME', of: ({ name }: Row) => name },
  { title: 'AMOUNT', of: ({ amount }: Row) => String(amount), align: 'right' as const },
]

async function* pages(...all: Row[][]) {
  yield* all
}

describe('a list', () => {
  test('is aligned by what a terminal shows, wide letters counted twice', async () => {
    const { output, stdout } = record(false)
    await output.list(
      pages([
        { name: 'ab', amount: 5n },
        { name: '日本語', amount: 1_000n },
      ]),
      columns,
      'None.',
    )
    expect(stdout()).toBe('NAME    AMOUNT\nab           5\n日本語    1000\n')
  })

  test('shows control characters and line ends of others as text', async () => {
    const { output, stdout } = record(false)
    await output.list(pages([{ name: '\u001b[2Jx\ny\u202ez', amount: 1n }]), columns, 'None.')
    expect(stdout().split('\n')[1]).toBe('�[2Jx y�z       1')
  })

  test('is JSON that a terminal only shows, and that reads back as it was', async () => {
    const { output, stdout } = record(true)
    const row = { name: 'a\u001b[2J\u007f\u009b2J\u009f\u00a0é', amount: 1n }
    await output.list(pages([row]), columns, 'None.')
    expect(stdout()).toBe('{"name":"a\\u001b[2J\\u007f\\u009b2J\\u009f\u00a0é","amount":"1"}\n')
    expect(JSON.parse(stdout())).toEqual({ ...row, amount: '1' })
  })

  test('of nothing says so beside the result', async () => {
    const { output, stdout, stderr } = record(false)
    await output.list(pages([]), columns, 'None.')
    expect([stdout(), stderr()]).toEqual(['', 'None.\n'])
  })

  test('of 100,000 rows is asked for and written a page at a time', async () => {
    const { output, stdout, writes } = record(true)
    let asked = 0
    const all = pagesOf<Row>(
      async ({ cursor, limit }) => {
        asked += 1
        const from = Number(cursor ?? 0)
        // The page before has been written by now.
        expect(writes()).toBe(from)
        const items = Array.from({ length: limit }, (_, i) => ({ name: `n${from + i}`, amount: 1n }))
        return { items, nextCursor: from + limit < 100_000 ? String(from + limit) : null }
      },
      { limit: Number.POSITIVE_INFINITY, pageSize: 500 },
    )
    await output.list(all, columns, 'None.')
    expect(asked).toBe(200)
    const lines = stdout().trimEnd().split('\n')
    expect(lines).toHaveLength(100_000)
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ name: 'n99999', amount: '1' })
  })
})

test('a limit ends the pages, and the last one is no longer than what is left', async () => {
  const limits: number[] = []
  const seen: number[] = []
  const some = pagesOf<number>(
    async ({ limit }) => {
      limits.push(limit)
      return { items: Array.from({ length: limit }, () => 1), nextCursor: 'more' }
    },
    { limit: 7, pageSize: 3 },
  )
  for await (const page of some) seen.push(...page)
  expect(limits).toEqual([3, 3, 1])
  expect(seen).toHaveLength(7)
})

test('a result and a note are lines that a terminal only shows', () => {
  const { output, stdout, stderr } = record(false)
  output.result({}, '/tmp/\u001b[2J.vsix\n  next')
  output.note('code\u009b2J\r\n  next')
  expect([stdout(), stderr()]).toEqual(['/tmp/�[2J.vsix\n  next\n', 'code�2J\n  next\n'])
})

test('facts are aligned', () => {
  expect(
    facts([
      ['a', '1'],
      ['long', '2'],
    ]),
  ).toBe('a     1\nlong  2')
})
