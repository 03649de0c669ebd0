import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

function gatedWork() {
  const open: (() => void)[] = []
  const started: number[] = []
  const work = (id: number) => () =>
    new Promise<number>((resolve) => {
      started.push(id)
      open.push(() => resolve(id))
    })
  return { open, started, work }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

it('runs two at once and the next in the order they came', async () => {
  const turns = createTurns({ running: 2, waiting: 5 })
  const { open, started, work } = gatedWork()
  const all = [1, 2, 3, 4].map((id) => turns.take(work(id)))
  await settle()
  expect(started).toEqual([1, 2])
  open[1]?.()
  await settle()
  expect(started).toEqual([1, 2, 3])
  open[0]?.()
  open[2]?.()
  await settle()
  open[3]?.()
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4])
})

it('refuses what does not fit into the queue, and says when to come back', async () => {
  const turns = createTurns({ running: 1, waiting: 0 })
  const { open, work } = gatedWork()
  const first = turns.take(work(1))
  await expect(turns.take(work(2))).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 5 })
  await settle()
  open[0]?.()
  await first
})

it('leaves the queue when the caller gives up, and frees the place of work that fails', async () => {
  const turns = createTurns({ running: 1, waiting: 1 })
  const controller = new AbortController()
  const first = turns.take(async () => {
    await settle()
    throw new Error('failed')
  })
  const second = turns.take(async () => 2, controller.signal)
  controller.abort(new Error('given up'))
  await expect(second).rejects.toThrow('given up')
  await expect(first).rejects.toThrow('failed')
  expect(await turns.take(async () => 3)).toBe(3)
})
