import { buildModelsServer } from './models-server.ts'

const port = wholeNumber('PORT') ?? 3900
const server = buildModelsServer({
  paceMs: wholeNumber('SANDBOX_PACE_MS'),
  misbehaviour: process.env.SANDBOX_MISBEHAVIOUR !== 'false',
})

let closing: Promise<void> | undefined
const close = () => {
  closing ??= server.close()
  return closing
}
process.on('SIGINT', close)
process.on('SIGTERM', close)

const address = await server.listen({ host: '127.0.0.1', port })
console.log(`Template writer (not an AI model) at ${address}/v1`)

function wholeNumber(name: string): number | undefined {
  const text = process.env[name]
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not “${text}”.`)
  return value
}
