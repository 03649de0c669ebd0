import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { createRandom, type FuzzCase, fuzzCase } from './fuzz.ts'
import { type Answer, type Belongings, type ProcedureFacts, readAnswer } from './surface.ts'
import type { TestApp } from './test-app.ts'

/** What no refusal may hold: stacks, paths of ours, SQL, the driver's words, parsers' excerpts. */
export const leaks =
  /\n\s+at |\\n\s+at |node_modules|file:\/\/|\.ts\b|\/home\/|\/root\/|Failed query|PostgresError|syntax error at|relation \\?"|column \\?"|invalid byte sequence|invalid input syntax|Unexpected token|Cannot (?:read|convert|destructure)|is not (?:a function|iterable|valid JSON)|superjson\/|zod\//

/** Where the project lies on this machine. */
const root = fileURLToPath(new URL('../../../../', import.meta.url))

const atOnce = 6

/** Sends `count` hostile requests to a procedure: none may find a fault of ours, and none may be told anything. */
export async function fuzzProcedure(
  app: TestApp,
  procedure: ProcedureFacts,
  options: { own: Belongings; cookie: string; seed: number; count: number },
): Promise<Record<number, number>> {
  const random = createRandom(options.seed + numberOf(procedure.name))
  const cases = Array.from({ length: options.count }, () => fuzzCase(procedure, options.own, random))
  const statuses: Record<number, number> = {}
  const queue = [...cases.entries()]
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, one] = next
      const answer = await sendUntilServed(app, procedure, one, options.cookie, index)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
      checkAnswer(`SEED=${options.seed} ${procedure.name} case ${index}: ${one.method} ${one.about}`, answer)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return statuses
}

/** So that the same seed is another sequence for each procedure. */
function numberOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 0)
}

export function checkAnswer(label: string, answer: Answer): void {
  expect(answer.status, `${label}\n${answer.body.slice(0, 500)}`).toBeLessThan(500)
  expect(answer.body, label).not.toContain('"kind":"internal"')
  expect(answer.body, label).not.toMatch(/"stack"/)
  expect(answer.body, label).not.toContain(root)
  // What succeeds may show the person's own files.
  if (answer.status >= 400 || answer.kind !== null) expect(answer.body, label).not.toMatch(leaks)
}

/** A server under load may say to try again (503): clients do. Whoever is told so three times has found a fault. */
async function sendUntilServed(...request: Parameters<typeof send>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(...request)
    const wait = Number(answer.headers.get('retry-after'))
    if (answer.kind !== 'unavailable' || !(wait > 0) || attempt === 3) return answer
    await sleep(wait * 1_000)
  }
}

async function send(
  app: TestApp,
  { name, type }: ProcedureFacts,
  one: FuzzCase,
  cookie: string,
  index: number,
): Promise<Answer> {
  const query = new URLSearchParams(one.query)
  if (one.method === 'GET') query.set('input', one.text)
  const headers = {
    ...app.headers(cookie),
    // Everybody from a network of their own: limits by network are not what is tried here.
    'x-forwarded-for': `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    ...one.headers,
  }
  const stop = new AbortController()
  const response = await fetch(`${app.url}/trpc/${name}?${query}`, {
    method: one.method,
    headers: one.method === 'POST' ? { 'content-type': 'application/json', ...headers } : headers,
    signal: stop.signal,
    ...(one.method === 'POST' ? { body: one.text } : {}),
  })
  if (type !== 'subscription' || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return readAnswer(response)
  }
  const text = await firstFrames(response)
  stop.abort()
  return {
    status: response.status,
    kind: text.includes('serialized-error') ? 'refused' : null,
    message: '',
    body: text,
    headers: response.headers,
  }
}

/** An event stream up to its first message after `connected`. */
async function firstFrames(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  let text = ''
  while (reader !== undefined) {
    const { value, done } = await reader.read()
    text += Buffer.from(value ?? []).toString('utf8')
    if (done || text.split('\n\n').filter((frame) => frame.includes('data: ')).length > 1) return text
  }
  return text
}
