import { randomUUID } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startApi } from '../api.ts'
import { expect, makePlugin, type Person, test as personTest } from '../person.ts'
import { deviceOf, newDevice, startTf, type TfEnd } from '../tf.ts'

type Run = (...words: string[]) => Promise<TfEnd>

/** Tests with `tf` on a device that the person has let in. */
const test = personTest.extend<{ origin: string; env: Record<string, string>; tf: Run }>({
  origin: async ({ baseURL }, use) => use(new URL(baseURL ?? '').origin),
  env: async ({ person, origin }, use) => use(await deviceOf(person, origin)),
  tf: async ({ env }, use) => use((...words) => startTf(words, env).ended),
})

const json = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

const balanceOf = ({ client, orgId }: Person) => client.tokens.balance.query({ orgId })

test('a device signs in through the browser, says who is there, and signs out', async ({
  page,
  person,
  origin,
}) => {
  const env = await newDevice(origin)
  expect(await startTf(['whoami'], env).ended).toMatchObject({ code: 3, stdout: '' })

  const login = startTf(['login', '--no-browser'], env)
  await expect.poll(login.said).toContain('/device?code=')
  await page.goto(/http\S+/.exec(login.said())?.[0] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(/^tf on /)).toBeVisible()
  await page.getByRole('button', { name: 'Let it in' }).click()
  expect(await login.ended).toMatchObject({ code: 0, stdout: `Signed in at ${origin}.\n` })

  const { mode } = await stat(join(env.TALLYFORGE_CONFIG ?? '', 'session.json'))
  expect(mode & 0o777).toBe(0o600)
  const who = await startTf(['whoami', '--json'], env).ended
  expect(json(who.stdout)).toMatchObject([
    { server: origin, user: { email: person.email }, org: person.slug },
  ])

  expect((await startTf(['logout'], env).ended).code).toBe(0)
  expect((await startTf(['whoami'], env).ended).code).toBe(3)
  expect(await person.client.auth.sessions.query()).toHaveLength(1)
})

test('a session that was ended elsewhere says so', async ({ person, tf }) => {
  expect((await tf('whoami')).code).toBe(0)
  for (const { id, isCurrent } of await person.client.auth.sessions.query()) {
    if (!isCurrent) await person.client.auth.revokeSession.mutate({ sessionId: id })
  }
  expect(await tf('whoami')).toMatchObject({ code: 3, stderr: expect.stringContaining('tf login') })
})

test('a plugin is made, listed, installed, downloaded and paid for exactly', async ({
  person,
  env,
  tf,
}, info) => {
  test.slow()
  const before = await balanceOf(person)
  // What stands in for the editor's command keeps the words that it was called with.
  const editor = info.outputPath('editor.sh')
  await mkdir(info.outputDir, { recursive: true })
  await writeFile(editor, `#!/bin/sh\necho "$@" > '${editor}.words'\ncp "$2" '${editor}.vsix'\n`, {
    mode: 0o755,
  })
  const made = await tf(
    'plugins',
    'create',
    'Show the word count in the status bar',
    '--install',
    '--code',
    editor,
  )
  expect(made, made.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('Version 1 is ready.') })
  expect(made.stderr).toContain('  wrote src/extension.ts\n')
  expect(made.stderr).toContain('  ✓ Commands\n')
  expect(await readFile(`${editor}.words`, 'utf8')).toMatch(/^--install-extension \S+\.vsix --force\n$/)
  expect((await readFile(`${editor}.vsix`)).subarray(0, 2).toString()).toBe('PK')

  const [plugin] = json((await tf('plugins', 'list', '--json')).stdout)
  expect(plugin).toMatchObject({ latestVersion: { number: 1, state: 'ready' } })
  expect((await tf('plugins', 'list')).stdout).toContain(`${plugin.id}  `)

  const folder = info.outputDir
  const download = ['plugins', 'download', plugin.id, '-o', join(folder, 'own.vsix')]
  expect(await tf(...download)).toMatchObject({ code: 0, stdout: `${join(folder, 'own.vsix')}\n` })
  expect(await readFile(join(folder, 'own.vsix'))).toEqual(await readFile(`${editor}.vsix`))
  expect(await tf(...download)).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') })
  expect((await tf(...download, '--force')).code).toBe(0)
  expect(await tf('plugins', 'download', plugin.id, '--version-number', '9')).toMatchObject({ code: 1 })
  expect((await startTf(['plugins', 'watch', plugin.id], env).ended).stdout).toContain('Version 1 is ready.')

  const [balance] = json((await tf('tokens', 'balance', '--json')).stdout)
  const [charge] = json((await tf('tokens', 'history', '--kind', 'settle', '--json')).stdout)
  expect(BigInt(balance.balance)).toBe(before.balance + BigInt(charge.amount))
  expect(balance.held).toBe('0')
})

test('Ctrl-C stops the generation and says what it cost', async ({ person, env }) => {
  const before = await balanceOf(person)
  const create = startTf(['plugins', 'create', 'Sort lines', '--model', 'sandbox/slow'], env)
  await expect.poll(create.said).toContain('writes plg_')
  create.kill('SIGINT')
  expect(await create.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Stopped. It cost') })
  const after = await balanceOf(person)
  expect(after.held).toBe(0n)
  const { items } = await person.client.tokens.history.query({ orgId: person.orgId, kind: 'settle' })
  expect(before.balance - after.balance).toBe(items.reduce((sum, { amount }) => sum - amount, 0n))
})

test('a watcher that leaves with Ctrl-C leaves it running', async ({ person, env, tf }) => {
  const started = await tf('plugins', 'create', 'Sort lines', '--model', 'sandbox/slow', '--detach', '--json')
  const [{ pluginId, id: generationId }] = json(started.stdout)
  const watch = startTf(['plugins', 'watch', pluginId], env)
  await expect.poll(watch.said).toContain('Writing …')
  watch.kill('SIGINT')
  expect((await watch.ended).code).toBe(130)
  const { activeGeneration } = await person.client.plugins.byId.query({ orgId: person.orgId, pluginId })
  expect(activeGeneration?.id).toBe(generationId)
  await person.client.plugins.cancel.mutate({ orgId: person.orgId, generationId })
  // Stopped, and not by a Ctrl-C of this run.
  expect(await tf('plugins', 'watch', pluginId)).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('Stopped. It cost'),
  })
})

test('what does not build, costs too much or does not exist ends with its own code', async ({
  person,
  tf,
}) => {
  test.slow()
  const before = await balanceOf(person)
  const failed = await tf('plugins', 'create', 'Sort lines', '--model', 'sandbox/invalid')
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('You were not charged.') })
  expect(await balanceOf(person)).toMatchObject({ balance: before.balance, held: 0n })
  await person.client.plugins.list.query({ orgId: person.orgId })

  expect(await tf('plugins', 'create', 'x', '--cap', '0.000001')).toMatchObject({ code: 1 })
  expect(await tf('plugins', 'create', 'x', '--model', 'no/such')).toMatchObject({ code: 1 })
  expect(await tf('plugins', 'watch', 'plg_00000000000000000000000000')).toMatchObject({ code: 1 })
  expect(await tf('--org', 'strangers', 'tokens', 'balance')).toMatchObject({ code: 1 })
  expect(await tf('plugins', 'create', 'x', '--cap', 'many')).toMatchObject({ code: 2 })
  expect(await tf('tokens', 'history', '--kind', 'gift')).toMatchObject({ code: 2 })
  expect(await tf('plugins', 'lst')).toMatchObject({ code: 2, stderr: expect.stringContaining('list') })
  expect(await tf('--server', 'http://127.0.0.1:1', 'whoami')).toMatchObject({ code: 4 })
  expect(await tf('--server', 'nowhere', 'whoami')).toMatchObject({ code: 2 })
})

test('what is ready says what of the wish was not done', async ({ tf }) => {
  const { code, stdout } = await tf('plugins', 'create', 'Teach my parrot to sing opera')
  expect(code).toBe(0)
  expect(stdout).toMatch(/is ready\. It cost [\d.]+ tokens\.\nNot everything was done: \S/)
})

test('a title that would move the cursor is shown as text', async ({ person, tf }) => {
  const pluginId = await makePlugin(person, 'Sort lines')
  await person.client.plugins.rename.mutate({ orgId: person.orgId, pluginId, title: '日本語 <b>x</b>' })
  const { stdout } = await tf('plugins', 'list')
  expect(stdout).toContain('日本語 <b>x</b>')
})

test('a server that restarts is waited for, and nothing is lost', async ({ person, env }) => {
  test.slow()
  const api = await startApi()
  try {
    const create = startTf(
      ['plugins', 'create', 'Show the word count in the status bar', '--model', 'sandbox/slow'],
      { ...env, TALLYFORGE_URL: api.origin },
    )
    await expect.poll(create.said).toContain('Writing …')
    await api.stop()
    await expect.poll(create.said).toContain('Connection lost, reconnecting')
    await api.start()
    // What the stopped server wrote is returned, or finished by the one beside it: either way the run learns the end.
    const end = await create.ended
    expect([0, 1], end.stderr).toContain(end.code)
    await expect.poll(async () => (await balanceOf(person)).held).toBe(0n)
  } finally {
    await api.stop()
  }
})

test('staff are made on the host, list everything, and grant tokens once', async ({ person, env, tf }) => {
  test.slow()
  expect(await tf('users', 'list')).toMatchObject({ code: 1, stderr: expect.stringContaining('staff') })
  expect(await tf('staff', 'grant', 'nobody@example.com', '--host')).toMatchObject({ code: 1 })
  expect(await tf('staff', 'grant', person.email, '--host')).toMatchObject({
    code: 0,
    stdout: `${person.email} is staff (admin) now.\n`,
  })
  const users = json((await tf('users', 'list', '--search', person.email, '--json')).stdout)
  expect(users).toMatchObject([{ email: person.email, staffLevel: 'admin' }])
  expect((await tf('orgs', 'list', '--search', person.slug)).stdout).toContain(person.slug)

  const before = await balanceOf(person)
  const grant = [
    'tokens',
    'grant',
    person.slug,
    '1,500.5',
    '--for',
    'A lost day',
    '--operation',
    randomUUID(),
  ]
  expect(await tf(...grant), 'first').toMatchObject({ code: 0 })
  expect(await tf(...grant), 'again').toMatchObject({ code: 0 })
  expect((await balanceOf(person)).balance).toBe(before.balance + 1_500_500_000n)
  const [entry] = json((await tf('tokens', 'history', '--kind', 'grant', '--limit', '1', '--json')).stdout)
  expect(entry).toMatchObject({ amount: '1500500000', description: 'A lost day' })

  expect((await tf('tokens', 'history', '--kind', 'grant', '--limit', '1')).stdout).toContain(' +1,500.5 ')

  const staff = json((await tf('staff', 'list', '--search', person.email, '--json')).stdout)
  expect(staff).toMatchObject([{ email: person.email, level: 'admin', since: expect.any(String) }])
  expect((await startTf(['staff', 'revoke', person.email, '--host'], env).ended).code).toBe(0)
  expect((await tf('orgs', 'list')).code).toBe(1)
})
