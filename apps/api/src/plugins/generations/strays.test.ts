import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { withoutStrays } from './strays.ts'

test('a failure that nobody awaits yet is no stray one, and who awaits it later gets it', async () => {
  async function* failing() {
    yield 1
    throw new Error('the database went away')
  }
  const strays: unknown[] = []
  const hear = (reason: unknown) => strays.push(reason)
  process.on('unhandledRejection', hear)
  const messages = withoutStrays(failing())
  expect(await messages.next()).toEqual({ done: false, value: 1 })
  const ahead = messages.next()
  await nextTurn()
  await nextTurn()
  process.off('unhandledRejection', hear)
  expect(strays).toEqual([])
  await expect(ahead).rejects.toThrow('the database went away')
})
