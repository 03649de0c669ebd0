import autocannon from 'autocannon'
import { publish, spread } from './figures.ts'
import { cpuOf, headersOf, type Part, signUp, startPart, startStack } from './stack.ts'

const pairs = 5
const seconds = 2

/** Procedures a second, and CPU microseconds of the server for each. */
type Sample = { perSecond: number; cpuMicros: number }

async function load(
  part: Part,
  path: string,
  headers: Record<string, string>,
  procedures: number,
): Promise<Sample> {
  const before = await cpuOf(part.pid)
  const result = await autocannon({ url: `${part.url}${path}`, headers, connections: 16, duration: seconds })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors at ${path}`)
  const done = result['2xx'] * procedures
  return { perSecond: done / result.duration, cpuMicros: ((await cpuOf(part.pid)) - before) / done }
}

const stack = await startStack({ paceMs: 0 })
const bare = await startPart('./bare.ts', {}, '/answer')
try {
  const { cookie, orgId } = await signUp(stack.api)
  const input = { json: { orgId } }
  const batch = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [index, input]))
  const single = `/trpc/tokens.balance?input=${encodeURIComponent(JSON.stringify(input))}`
  const ten = `/trpc/${Array(10).fill('tokens.balance').join(',')}?batch=1&input=${encodeURIComponent(JSON.stringify(batch))}`
  const health = '/healthz'
  const samples = {
    single: [] as Sample[],
    batch: [] as Sample[],
    health: [] as Sample[],
    bare: [] as Sample[],
  }
  for (let pair = 0; pair < pairs; pair++) {
    samples.single.push(await load(stack.api, single, headersOf(stack.api, cookie), 1))
    samples.batch.push(await load(stack.api, ten, headersOf(stack.api, cookie), 10))
    samples.health.push(await load(stack.api, health, {}, 1))
    samples.bare.push(await load(bare, '/answer', {}, 1))
  }
  const cpu = (list: Sample[]) => list.map((sample) => sample.cpuMicros)
  const rate = (list: Sample[]) => list.map((sample) => sample.perSecond)
  const ratios = samples.batch.map(
    (sample, index) => sample.cpuMicros / (samples.single[index]?.cpuMicros ?? 1),
  )
  await publish('trpc', [
    { what: 'tokens.balance, single calls: procedures/s', measured: spread(rate(samples.single)) },
    { what: 'tokens.balance, batch of 10: procedures/s', measured: spread(rate(samples.batch)) },
    { what: 'our /healthz (hooks and headers): requests/s', measured: spread(rate(samples.health)) },
    { what: 'bare Fastify, the limit: requests/s', measured: spread(rate(samples.bare)) },
    { what: 'CPU µs per procedure: single', measured: spread(cpu(samples.single)) },
    { what: 'CPU µs per procedure: batch of 10', measured: spread(cpu(samples.batch)) },
    { what: 'CPU µs per request: bare Fastify', measured: spread(cpu(samples.bare)) },
    { what: 'batch of 10 / ten singles, CPU', measured: spread(ratios, 2), goal: '≤ 0.5' },
  ])
} finally {
  await bare.stop()
  await stack.stop()
}
