import { randomUUID } from 'node:crypto'
import { expect, type Person, test } from '../person.ts'
import { picture } from './picture.ts'

test('create', async ({ page, person }) => {
  const field = page.getByLabel('Describe the plugin')
  await picture(page, 'create', {
    isWhole: true,
    open: async () => {
      await page.goto(`/${person.slug}/plugins/new`)
      await expect(field).toBeVisible()
    },
  })
  const describe = async () => {
    await page.goto(`/${person.slug}/plugins/new`)
    await field.fill(
      'Show the word count of the open file in the status bar. A click shows characters and reading time too. Count only what is selected, if something is.',
    )
    await expect(page.getByText(/about .* tokens/i)).toBeVisible()
  }
  await picture(page, 'create-estimate', { isWhole: true, open: describe })
  await setNearlyAllAside(person)
  await picture(page, 'create-too-few-tokens', {
    isWhole: true,
    open: async () => {
      await describe()
      await expect(page.getByText(/tokens are missing/)).toBeVisible()
    },
  })
})

/** By calls that never answer. */
async function setNearlyAllAside({ client, orgId }: Person): Promise<void> {
  for (let call = 0; call < 12; call++) {
    const { available } = await client.tokens.balance.query({ orgId })
    if (available < 500_000_000n) return
    await client.plugins.generate.mutate({
      orgId,
      operationId: randomUUID(),
      prompt: 'Sort lines',
      model: 'sandbox/hang',
      cap: available - 400_000_000n,
    })
  }
}
