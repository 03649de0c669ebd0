import { randomUUID } from 'node:crypto'
import { test as base, expect, type Page } from '@playwright/test'
import { type Client, createClient } from '@tallyforge/client/client'

export type Person = {
  email: string
  password: string
  name: string
  slug: string
  orgId: string
  origin: string
  client: Client
}

const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/** Tests with a person: a new account of their own, signed in in the browser and with a client beside it. */
export const test = base.extend<{ email: string | null; person: Person }>({
  email: [null, { option: true }],
  person: async ({ context, baseURL, email }, use) => {
    const origin = new URL(baseURL ?? '').origin
    const account = {
      email: email ?? `${randomUUID()}@example.com`,
      password: 'correct horse battery',
      name: 'Ada Maker',
    }
    const response = await fetch(`${origin}/trpc/auth.signUp`, {
      method: 'POST',
      // What the session is called after, as if the browser that gets its cookie had asked.
      headers: { origin, 'content-type': 'application/json', 'user-agent': userAgent },
      body: JSON.stringify({ json: account }),
    })
    const [name = '', value = ''] = response.headers.getSetCookie().at(-1)?.split(';')[0]?.split('=') ?? []
    await context.addCookies([{ name, value, url: origin, httpOnly: true, sameSite: 'Lax' }])
    const client = createClient({
      url: `${origin}/trpc`,
      headers: () => ({ origin, cookie: `${name}=${value}` }),
    })
    const org = (await client.auth.session.query())?.orgs[0]
    if (org === undefined) throw new Error('sign-up made no org')
    await use({ ...account, slug: org.slug, orgId: org.id, origin, client })
  },
})

export { expect }

/** Starts a generation without the browser. */
export function generate(
  { orgId, client }: Person,
  prompt: string,
  model = 'sandbox/template-writer',
  pluginId: string | null = null,
) {
  return client.plugins.generate.mutate({ orgId, operationId: randomUUID(), pluginId, prompt, model })
}

/** Makes a plugin without the browser and waits until it has ended. */
export async function makePlugin(person: Person, prompt: string, model?: string) {
  return makeVersion(person, null, prompt, model)
}

/** Makes the next version of a plugin, or a new one, and waits until it has ended. */
export async function makeVersion(person: Person, of: string | null, prompt: string, model?: string) {
  const { orgId, client } = person
  const { pluginId } = await generate(person, prompt, model, of)
  await expect
    .poll(async () => (await client.plugins.byId.query({ orgId, pluginId })).activeGeneration, {
      timeout: 30_000,
    })
    .toBeNull()
  return pluginId
}

/** Fills in the sign-in page and sends it. */
export async function signIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
