import { expect, it } from 'vitest'
import { buildMessages, withCompiler } from './compiler.ts'

const death = () => new Error('The service was stopped: write EPIPE')

it('tries once more on a new service when the old one died', async () => {
  let tries = 0
  const result = await withCompiler(async (compiler) => {
    tries += 1
    if (tries === 1) throw death()
    return (await compiler.transform('let a: number', { loader: 'ts' })).code
  })
  expect(result).toBe('let a;\n')
})

it('gives up on work that kills two services, which leaves the next work unharmed', async () => {
  const killed = withCompiler(async () => {
    throw death()
  })
  await expect(killed).rejects.toThrow('stopped')
  expect(buildMessages(death())).toEqual([])
  expect(await withCompiler(async (compiler) => (await compiler.transform('1')).code)).toBe('1;\n')
})

it('passes on errors that are not about the sources', async () => {
  const failed = withCompiler(async () => {
    throw new Error('disk full')
  })
  await expect(failed).rejects.toThrow('disk full')
  expect(buildMessages(new Error('disk full'))).toBeNull()
})
