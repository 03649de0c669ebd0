import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { type Client, createClient } from '@tallyforge/client/client'
import { demoAccount } from './seed-data.ts'

/** What the demo account has asked for, and what it asked to be changed. */
const examples = [
  { prompt: 'Show the word count in the status bar', change: 'Add a keybinding ctrl+alt+w' },
  { prompt: 'Sort the selected lines' },
  { prompt: 'A pomodoro timer in the status bar' },
]

/** The stand-in: examples never spend a real provider's tokens. */
const model = 'sandbox/template-writer'

type Server = { api: string; publicUrl: string; signal?: AbortSignal }

/**
 * Makes the example plugins of the demo account as a person would: signed in, one prompt after the other. Made before, they
 * are left as they are. Returns whether they are there: not when somebody has changed the account's password.
 */
export async function makeDemoPlugins({ api, publicUrl, signal }: Server): Promise<boolean> {
  const origin = new URL(publicUrl).origin
  const { email, password } = demoAccount
  const response = await fetch(`${api}/trpc/auth.signIn`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ json: { email, password } }),
    signal: signal ?? null,
  })
  if (response.status === 401) return false
  if (!response.ok) throw new Error(`signing in as ${email} answered ${response.status}`)
  const cookie = response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''
  const client = createClient({ url: `${api}/trpc`, headers: () => ({ origin, cookie }) })
  try {
    const orgId = (await client.auth.session.query())?.orgs[0]?.id
    if (orgId === undefined) throw new Error(`${email} has no organization`)
    for (const { prompt, change } of examples) {
      const pluginId = await generate(client, { orgId, prompt, pluginId: null, signal })
      if (change !== undefined) await generate(client, { orgId, prompt: change, pluginId, signal })
    }
    return true
  } finally {
    await client.auth.signOut.mutate()
  }
}

type Request = { orgId: string; prompt: string; pluginId: string | null; signal: AbortSignal | undefined }

/** One prompt, to its end. The same one again is the same operation, which answers with what it made. */
async function generate(client: Client, { orgId, prompt, pluginId, signal }: Request): Promise<string> {
  const operationId = operationOf(`${orgId} ${prompt}`)
  const made = await client.plugins.generate.mutate({ orgId, operationId, pluginId, prompt, model })
  const plugin = { orgId, pluginId: made.pluginId }
  while ((await client.plugins.byId.query(plugin)).activeGeneration !== null) {
    await setTimeout(200, undefined, { signal })
  }
  return made.pluginId
}

/** A uuid that is always the same for the same text (RFC 9562, version 8). */
function operationOf(text: string): string {
  const bytes = createHash('sha256').update(`demo ${text}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
