import { compose } from '@tallyforge/sandbox/writer/composition'
import { recipes } from '@tallyforge/sandbox/writer/recipes'
import { expect, test } from 'vitest'
import { runGate } from './gate/gate.ts'

const identity = { name: 'recipe-under-test', versionNumber: 1 }

test.each(recipes.map((recipe) => [recipe.id, recipe] as const))(
  'the template writer’s %s passes the gate',
  async (_, recipe) => {
    const verdict = await runGate({
      files: new Map(Object.entries(compose([recipe], 'a request'))),
      identity,
    })
    expect(verdict.ok ? [] : verdict.messages).toEqual([])
  },
)
