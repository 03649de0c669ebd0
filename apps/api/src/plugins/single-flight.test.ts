import { expect, test } from 'vitest'
import { createSingleFlight } from './single-flight.ts'

test('who comes meanwhile gets the same answer, who comes later a new one, and keys do not mix', async () => {
  let works = 0
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const work = async () => {
    works += 1
    await gate
    return works
  }
  const fly = createSingleFlight<number>()
  const waiting = [fly('a', work), fly('a', work), fly('b', work)]
  open()
  expect(await Promise.all(waiting)).toEqual([2, 2, 2])
  expect(await fly('a', work)).toBe(3)
})

test('an error is everybody’s, and is not kept', async () => {
  const fly = createSingleFlight<string>()
  const fails = () => Promise.reject(new Error('no'))
  const answers = await Promise.allSettled([fly('a', fails), fly('a', async () => 'not run')])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await fly('a', async () => 'yes')).toBe('yes')
})
