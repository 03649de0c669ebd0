import { z } from 'zod'
import { appRouter } from '../router.ts'
import { type Belongings, type ProcedureFacts, validInput, wire } from './surface.ts'

/** One hostile request to a procedure: what is sent, and how. */
export type FuzzCase = {
  about: string
  method: 'GET' | 'POST'
  query: Record<string, string>
  /** The input as text: as `?input=` of a GET, as the body of a POST. */
  text: string
  headers: Record<string, string>
}

export type Random = {
  next: () => number
  below: (limit: number) => number
  pick: <Item>(items: readonly Item[]) => Item
}

/** Mulberry32: small, and the same numbers for the same seed everywhere. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}

type Bounds = {
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  enum?: unknown[]
  anyOf?: Bounds[]
}

/** The fields of a procedure's input with their bounds, read from its zod schemas. */
function fieldsOf(name: string): Record<string, Bounds> {
  const found = appRouter._def.procedures as unknown as Record<string, { _def: { inputs?: z.ZodType[] } }>
  const inputs = found[name]?._def.inputs ?? []
  return Object.assign(
    {},
    ...inputs.map(
      (schema) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {},
    ),
  )
}

const long = (length: number) => 'x'.repeat(length)
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** Values as JSON text, because some cannot be written by JSON.stringify. */
const hostile = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e309',
  '-1e309',
  '1e-400',
  '9007199254740993',
  '""',
  '" "',
  '[]',
  '{}',
  '[null]',
  '[[[[]]]]',
  '{"":""}',
  '{"length":1e9}',
  '{"toString":1,"valueOf":1}',
  '{"then":1}',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u202e\\u2066"',
  '"\\ufeff"',
  '"\\uffff"',
  '"\\r\\n\\r\\nX-Injected: 1"',
  '"%00%0d%0a"',
  '"#{7*7}{{7*7}}"',
  '"../../../etc/passwd"',
  '"<script>alert(1)</script>"',
  `"' or '1'='1' --"`,
  `"'; drop table app.plugins; --"`,
  '"\\\\\'; select pg_sleep(10); --"',
  '"1) union select 1--"',
  '"\\u{0}"'.replace('\\u{0}', '\\u0001'),
  '"ＡＢＣ＠ｅｘａｍｐｌｅ．ｃｏｍ"',
  '"a@b@c.com"',
  '"🧨🧨🧨"',
  '"e\\u0301".'.slice(0, -1),
  '"plg_00000000000000000000000000"',
  '"org_7zzzzzzzzzzzzzzzzzzzzzzzzz"',
  '"org_zzzzzzzzzzzzzzzzzzzzzzzzzz"',
  '"gen_"',
  '"00000000-0000-0000-0000-000000000000"',
  '"ffffffff-ffff-ffff-ffff-ffffffffffff"',
  '"0000-01-01T00:00:00.000Z"',
  `"${long(300)}"`,
  `"${long(5_000)}"`,
  `"${'\\u0000'.repeat(50)}"`,
  nested(40),
  nested(2_000),
  `{"a":${nested(100)}}`,
] as const

/** Cursors of the right form with contents that no page gave. */
const cursors = [
  ['0000-01-01T00:00:00.000Z', 'a'],
  ['9999-12-31T23:59:59.999Z', '00000000-0000-0000-0000-000000000000'],
  ['0000-02-29T00:00:00.000Z', '00000000-0000-0000-0000-000000000000'],
  ['0000-01-01T00:00:00Z', '0198c0de-0000-7000-8000-000000000000'],
  ['+275760-09-13T00:00:00.000Z', '00000000-0000-0000-0000-000000000000'],
  ["2024-01-01T00:00:00.000Z'--", '1'],
  ['2024-01-01T00:00:00.000000000Z', '0198c0de-0000-7000-8000-000000000000'],
  [null, null],
  ['infinity', 'infinity'],
  [],
  [[]],
].map((parts) => JSON.stringify(Buffer.from(JSON.stringify(parts)).toString('base64url')))

const eventIds = [
  '',
  'none',
  ',',
  ':::',
  'gen_0:1',
  `gen_${'0'.repeat(26)}:999999999`,
  `gen_${'z'.repeat(26)}:1`,
  `gen_${'0'.repeat(26)}:-1`,
  long(2_000),
  "';--",
  '%00',
  'gen_\u00ff',
]

/** superjson's own notes about types, written by somebody who means harm. */
const metas = [
  '{"values":{"KEY":["bigint"]}}',
  '{"values":{"KEY":["Date"]}}',
  '{"values":{"KEY":["undefined"]}}',
  '{"values":["undefined"]}',
  '{"values":{"KEY":["regexp"]}}',
  '{"values":{"KEY":["map"]}}',
  '{"values":{"KEY":["set"]}}',
  '{"values":{"KEY":["Error"]}}',
  '{"values":{"KEY":["URL"]}}',
  '{"values":{"KEY":["number"]}}',
  '{"values":{"KEY":[["typed-array","Float64Array"]]}}',
  '{"values":{"KEY":[["class","Object"]]}}',
  '{"values":{"KEY":[["symbol","x"]]}}',
  '{"values":{"KEY":[["custom","x"]]}}',
  '{"values":{"__proto__.polluted":["undefined"]}}',
  '{"values":{"constructor.prototype.polluted":["undefined"]}}',
  '{"values":{"__proto__":{"a":["map"]}}}',
  '{"values":{"KEY.a.b.c":["bigint"]}}',
  '{"values":{"KEY\\\\.x":["bigint"]},"v":1}',
  '{"values":{"":["bigint"]}}',
  '{"values":["map",{"0":["set",{"0":["Error"]}]}]}',
  '{"values":[["a"]]}',
  '{"values":"x"}',
  '{"values":[]}',
  '{"referentialEqualities":{"KEY":["orgId","KEY.x"]}}',
  '{"referentialEqualities":[["KEY","__proto__"]]}',
  '{"referentialEqualities":{"__proto__":["KEY"]}}',
  '{"referentialEqualities":{"constructor.prototype":["KEY"]}}',
  '{"referentialEqualities":[["KEY"],{"x":["y"]}]}',
  '{"referentialEqualities":1}',
  '{"v":"1"}',
  '{"v":-1}',
  'null',
  '[]',
  '"x"',
  '1',
  `{"values":${nested(200)}}`,
  `{"values":{"KEY":["map",${'{"0":["map",'.repeat(30)}{}${']}'.repeat(30)}]}}`,
] as const

/** Makes one hostile request for a procedure out of its schemas and a valid input. */
export function fuzzCase(procedure: ProcedureFacts, own: Belongings, random: Random): FuzzCase {
  const { json, meta } = wire(validInput(procedure.name, own)) as {
    json: Record<string, unknown> | null
    meta?: unknown
  }
  const fields = fieldsOf(procedure.name)
  const names = [...new Set([...Object.keys(fields), ...Object.keys(json ?? {}), 'surplus'])]
  const parts = new Map(Object.entries(json ?? {}).map(([key, value]) => [key, JSON.stringify(value)]))
  let metaText = meta === undefined ? '' : JSON.stringify(meta)
  const field = random.pick(names)
  const query: Record<string, string> = {}
  const headers: Record<string, string> = {}
  let whole: string | null = null
  let about = ''

  const strategies: (() => void)[] = [
    () => {
      const value = random.pick(hostile)
      parts.set(field, value)
      about = `${field} = ${value.slice(0, 60)}`
    },
    () => {
      const value = boundary(fields[field] ?? {}, random)
      parts.set(field, value)
      about = `${field} at a boundary: ${value.slice(0, 40)} (${value.length})`
    },
    () => {
      parts.delete(field)
      about = `without ${field}`
    },
    () => {
      const value = random.pick(cursors)
      parts.set('cursor', value)
      about = `cursor ${value}`
    },
    () => {
      metaText = random.pick(metas).replaceAll('KEY', field)
      if (random.next() < 0.5) parts.set(field, random.pick(hostile))
      about = `meta ${metaText.slice(0, 80)} on ${parts.get(field)?.slice(0, 40)}`
    },
    () => {
      whole = random.pick(hostile)
      about = `all of the input: ${whole.slice(0, 60)}`
    },
    () => {
      about = `twice ${field}`
      whole = `{"${field}":${random.pick(hostile)},${write(parts).slice(1)}`
    },
    () => {
      const nameOf = random.pick([
        '__proto__',
        'constructor',
        'prototype',
        '',
        '\\u0000',
        'a.b',
        '0',
        'toString',
        'hasOwnProperty',
      ])
      about = `a key ${nameOf}`
      whole = `{"${nameOf}":${random.pick(hostile)},${write(parts).slice(1)}`
    },
    () => {
      const id = random.pick(eventIds)
      if (random.next() < 0.5 && /^[ -~]*$/.test(id)) headers['last-event-id'] = id
      else query.lastEventId = id
      about = `last event id ${id.slice(0, 40)}`
    },
    () => {
      Object.assign(
        query,
        random.pick<Record<string, string>>([
          { batch: '1' },
          { batch: '0' },
          { connectionParams: '1' },
          { connectionParams: '{' },
          { connectionParams: '{"a":1}' },
          { methodOverride: 'POST' },
        ]),
      )
      if (random.next() < 0.5) headers['trpc-accept'] = 'application/jsonl'
      about = `query ${JSON.stringify(query)} ${JSON.stringify(headers)}`
    },
  ]
  random.pick(strategies)()
  const text = envelope(whole ?? write(parts), metaText, random)
  const isLong = text.length > 6_000
  const isPost = isLong || (procedure.type === 'mutation' ? random.next() < 0.95 : random.next() < 0.3)
  return { about, method: isPost ? 'POST' : 'GET', query, text, headers }
}

function write(parts: Map<string, string>): string {
  return `{${[...parts].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`
}

/** superjson's envelope around the input, now and then broken. */
function envelope(json: string, meta: string, random: Random): string {
  const whole = meta === '' ? `{"json":${json}}` : `{"json":${json},"meta":${meta}}`
  const roll = random.below(40)
  if (roll === 0) return whole.slice(0, random.below(whole.length))
  if (roll === 1) return json
  if (roll === 2) return `\ufeff${whole}`
  if (roll === 3) return `${whole}${whole}`
  if (roll === 4) return `{"0":${whole},"1":${whole}}`
  if (roll === 5) return random.pick(['', 'null', '[]', '1', '"', '{', 'undefined', '\u0000', 'NaN'])
  return whole
}

/** A value at, just below or just above what the schema allows. */
function boundary(bounds: Bounds, random: Random): string {
  const own = bounds.anyOf === undefined ? bounds : random.pick(bounds.anyOf)
  const lengths = [own.minLength, own.maxLength].filter((length) => length !== undefined && length <= 60_000)
  const numbers = [own.minimum, own.maximum].filter((number) => number !== undefined)
  const choices = [
    ...lengths.flatMap((length = 0) =>
      [length - 1, length, length + 1].map((n) =>
        JSON.stringify(random.pick(['x', 'é', '🧨']).repeat(Math.max(0, n))),
      ),
    ),
    ...numbers.flatMap((number = 0) => [number - 1, number, number + 1, number + 0.5].map(String)),
    ...(own.enum ?? []).flatMap((value) => [JSON.stringify(value), JSON.stringify(`${value} `)]),
  ]
  return choices.length === 0 ? random.pick(hostile) : random.pick(choices)
}
