import type { Model } from '@tallyforge/client/outputs'
import { tokenRange } from '@tallyforge/core/format'
import { promptInput } from '@tallyforge/core/inputs/plugins'
import { formatTokens } from '@tallyforge/core/money'
import { type InputBox, QuickInputButtons, ThemeIcon, window } from 'vscode'
import type { Api } from './api.ts'
import { readFailure } from './failure.ts'
import { plain } from './plain.ts'
import { wait } from './wait.ts'

export type Asked = { prompt: string; model: string }
type Subject = {
  orgId: string
  title: string
  placeholder: string
  pluginId: string | null
  parentVersionId: string | null
}

/** Asks what a model shall write, and tells while people type what it will likely cost. Null when they changed their mind. */
export async function askPrompt(api: Api, subject: Subject): Promise<Asked | null> {
  const { models, defaultModel } = await api.client().models.list.query()
  let model = defaultModel
  let value = ''
  while (true) {
    const answer = await askOnce(api, subject, { value, model: nameOf(models, model), modelId: model })
    if (answer.kind === 'prompt') return { prompt: answer.prompt, model }
    if (answer.kind === 'closed') return null
    value = answer.value
    model = (await chooseModel(models, model)) ?? model
  }
}

const nameOf = (models: Model[], id: string) => models.find((model) => model.id === id)?.name ?? id

type Answer = { kind: 'prompt'; prompt: string } | { kind: 'models'; value: string } | { kind: 'closed' }

function askOnce(
  api: Api,
  subject: Subject,
  { value, model, modelId }: { value: string; model: string; modelId: string },
): Promise<Answer> {
  const input = window.createInputBox()
  input.title = plain(subject.title)
  input.placeholder = subject.placeholder
  input.value = value
  input.ignoreFocusOut = true
  input.prompt = plain(`${model} writes it. Enter to generate.`)
  input.buttons = [{ iconPath: new ThemeIcon('settings-gear'), tooltip: plain(`Choose a model (${model})`) }]
  const estimates = startEstimates(api, subject, input, { model, modelId })
  return new Promise<Answer>((resolve) => {
    input.onDidChangeValue(() => {
      input.validationMessage = ''
      estimates.ask()
    })
    input.onDidTriggerButton((button) => {
      if (button === QuickInputButtons.Back) return
      resolve({ kind: 'models', value: input.value })
      input.hide()
    })
    input.onDidAccept(() => {
      const parsed = promptInput.safeParse(input.value)
      if (!parsed.success) {
        const problem = parsed.error.issues[0]?.message ?? 'Describe what the plugin should do.'
        input.validationMessage = plain(problem)
        return
      }
      resolve({ kind: 'prompt', prompt: parsed.data })
      input.hide()
    })
    input.onDidHide(() => {
      estimates.stop()
      input.dispose()
      resolve({ kind: 'closed' })
    })
    input.show()
    estimates.ask()
  })
}

/** Asks for a quote when the typing pauses; an answer to older words is dropped. */
function startEstimates(
  api: Api,
  { orgId, pluginId, parentVersionId }: Subject,
  input: InputBox,
  { model, modelId }: { model: string; modelId: string },
) {
  let current = new AbortController()
  async function ask() {
    current.abort()
    current = new AbortController()
    const { signal } = current
    const prompt = input.value.trim()
    if (prompt === '') return
    await wait(300, signal)
    if (signal.aborted) return
    try {
      const question = { orgId, pluginId, parentVersionId, prompt, model: modelId }
      const quote = await api.client().plugins.quote.query(question, { signal })
      if (signal.aborted) return
      const range = `About ${tokenRange(quote.low, quote.high)} tokens with ${model}`
      input.prompt = plain(
        quote.missing > 0n
          ? `${range}. You have ${formatTokens(quote.available)}, which is not enough.`
          : `${range}, you have ${formatTokens(quote.available)}. Enter to generate.`,
      )
    } catch (error) {
      // A price is a help, not a condition: the words that were typed stay.
      if (!signal.aborted) input.prompt = plain(readFailure(error).message)
    }
  }
  return { ask: () => void ask(), stop: () => current.abort() }
}

async function chooseModel(models: Model[], current: string): Promise<string | null> {
  const items = models.map(({ id, name, provider, description }) => ({
    id,
    label: name,
    description: id === current ? `${provider} · chosen` : provider,
    detail: description,
  }))
  const chosen = await window.showQuickPick(items, { title: 'Which model writes it?', matchOnDetail: true })
  return chosen?.id ?? null
}
