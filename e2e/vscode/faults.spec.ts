import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { generate, makePlugin } from '../person.ts'
import { expect, letIn, test } from './editor.ts'

test('a session that was ended elsewhere ends here, and says so', async ({ person, window }) => {
  const sessions = await person.client.auth.sessions.query()
  const device = sessions.find(({ kind }) => kind === 'device')
  await person.client.auth.revokeSession.mutate({ sessionId: device?.id ?? '' })
  await window.run('Tallyforge: Create a plugin…')
  await expect(window.notice(/signed out elsewhere/)).toBeVisible()
  await expect(window.statusBar('Tallyforge')).toBeVisible()
  await letIn(window, person)
})

test('two windows share one session: signed out in one, the other learns it and says so', async ({
  person,
  window,
  editor,
  context,
}) => {
  const second = await editor.open(await context.newPage())
  await expect(second.statusBar(/10,000 tokens/)).toBeVisible()
  await window.run('Tallyforge: Sign out')
  await expect(window.statusBar('Tallyforge')).toBeVisible()
  // A browser does not tell one window of another's secrets, as VS Code on a desktop does: the server does.
  await second.run('Tallyforge: Create a plugin…')
  await expect(second.statusBar('Tallyforge')).toBeVisible()
  await letIn(second, person)
})

test('a file that VS Code refuses, or that is another plugin, says so, and nothing counts as installed', async ({
  person,
  window,
  wire,
  page,
}) => {
  await makePlugin(person, 'Sort the selected lines')
  wire.replace('/files/', (archive) => changeManifest(archive, { engines: { vscode: '^99.0.0' } }))
  await window.run('Tallyforge: Install a plugin…')
  await window.choice(/Sort Lines/).click()
  await expect(window.notice(/VS Code refused the plugin/)).toBeVisible()
  for (const answer of ['no archive', { publisher: 'ms-python', name: 'python' }] as const) {
    wire.replace('/files/', (archive) =>
      typeof answer === 'string' ? answer : changeManifest(archive, answer),
    )
    await page.keyboard.press('Escape')
    await window.run('Notifications: Clear All Notifications')
    await window.run('Tallyforge: Install a plugin…')
    await window.choice(/Sort Lines/).click()
    await expect(window.notice(/is not this plugin/)).toBeVisible()
  }
  wire.replace('/files/', null)
  await window.run('Tallyforge: Install a plugin…')
  await window.choice(/Sort Lines/).click()
  await expect(window.notice(/version 1 is installed/)).toBeVisible()
})

test('a server that does not answer is told with the next step, and works when it is back', async ({
  window,
  wire,
}) => {
  await wire.cut()
  await window.run('Tallyforge: Create a plugin…')
  await expect(window.notice(/The server does not answer/)).toBeVisible()
  await wire.mend()
  await expect(window.statusBar(/tokens/).locator('.codicon-layers')).toBeVisible({ timeout: 60_000 })
})

for (const [what, version, oldestClient, words] of [
  ['newer', '99.0.0', '98.0.0', /needs 98\.0\.0 or newer\. Update this one/],
  ['older', '0.0.1', '0.0.0', /Ask its operator to update it/],
] as const) {
  test(`a server that is much ${what} says which side to update`, async ({ editor, page, wire }) => {
    wire.replace('/v1/version', () => JSON.stringify({ name: 'tallyforge', version, oldestClient }))
    const window = await editor.open(page)
    await window.run('Tallyforge: Look for the server again')
    await expect(window.notice(words)).toBeVisible()
  })
}

test('too few tokens are said before anything is asked of a model', async ({ person, window, page }) => {
  // Each holds a third of what there is.
  for (const prompt of ['One', 'Two', 'Three']) await generate(person, prompt, 'sandbox/hang')
  await window.run('Tallyforge: Create a plugin…')
  await window.input.fill('Sort the selected lines')
  await expect(page.getByText(/which is not enough/)).toBeVisible()
  await window.input.press('Enter')
  await expect(window.notice(/tokens/).getByRole('button', { name: 'Open tokens' })).toBeVisible()
  const { items } = await person.client.plugins.list.query({ orgId: person.orgId })
  expect(items).toHaveLength(3)
})

test.describe('in a restricted workspace', () => {
  test.use({ isTrustAsked: true })

  test('people look, but nothing is installed or written', async ({ person, window, page }) => {
    await makePlugin(person, 'Sort the selected lines')
    await expect(window.statusBar('Restricted Mode')).toBeVisible()
    for (const command of [
      'Tallyforge: Install a plugin…',
      "Tallyforge: Write a version's files into a folder…",
    ]) {
      await window.run(command)
      await window.choice(/Sort Lines/).click()
      if (command.includes('Write')) await window.choice(/^v1/).click()
      await expect(window.notice(/restricted mode/)).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(window.notice(/restricted mode/)).toBeHidden()
    }
  })
})

test('without a folder there is nothing to write into, and it says what to open', async ({
  person,
  editor,
  page,
}) => {
  const window = await editor.open(page, 'ew=true')
  await letIn(window, person)
  await makePlugin(person, 'Sort the selected lines')
  await window.run("Tallyforge: Write a version's files into a folder…")
  await window.choice(/Sort Lines/).click()
  await window.choice(/^v1/).click()
  await expect(window.notice('Open the folder first')).toBeVisible()
})

/** An archive with other fields in its manifest. */
function changeManifest(archive: Buffer, fields: object): Buffer {
  const path = 'extension/package.json'
  const files = unzipSync(archive)
  const manifest: object = JSON.parse(strFromU8(files[path] ?? new Uint8Array()))
  return Buffer.from(zipSync({ ...files, [path]: strToU8(JSON.stringify({ ...manifest, ...fields })) }))
}
