import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { createOpenRouter } from '@openrouter/ai-sdk-provider'
import { DomainError } from '@tallyforge/core/errors'
import { outputLimitDefault } from '@tallyforge/core/tokens/estimate'
import { type PriceBook, priceOf } from '@tallyforge/core/tokens/prices'
import type { LanguageModel } from 'ai'
import type { z } from 'zod'
import type { Env } from '../env.ts'
import type { modelListShape } from './shapes.ts'

/** A model that can be called. `id` is `<provider>/<the provider's own id>`: what the ledger, logs and people see. */
export type CatalogModel = {
  id: string
  name: string
  provider: string
  description: string
  isStandIn: boolean
  outputLimit: number
  language: () => LanguageModel
}

export type ModelCatalog = {
  list: (book: PriceBook) => z.infer<typeof modelListShape>
  /** @throws invalid_input for a model that is not offered here. */
  find: (id: string) => CatalogModel
  ids: string[]
  /** Where a call goes on when the chosen model fails before its first byte. */
  fallback: CatalogModel | null
}

type Provider = {
  id: string
  name: string
  isStandIn: boolean
  /** Offered when MODELS names none: the provider's usual models for writing code. */
  usual: { id: string; description: string }[]
  language: (modelId: string) => LanguageModel
}

/** Builds the catalog from the environment: every provider with a key or an address, in this order of preference. */
export function createCatalog(env: Env): ModelCatalog {
  const providers = configuredProviders(env)
  const offered = env.MODELS.split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  const models =
    offered.length > 0 ? offered.map((id) => modelOf(providers, id)) : providers.flatMap(usualModels)
  const known = new Map(models.map((model) => [model.id, model]))
  const find = (id: string): CatalogModel => {
    const model = known.get(id) ?? sandboxModel(providers, env, id)
    if (model === null)
      throw new DomainError('invalid_input', `The model ${id} is not offered here. Choose one of the list.`)
    return model
  }
  return {
    list: (book) => ({
      models: models.map(({ language: _, ...model }) => ({ ...model, price: priceOf(book, model.id) })),
      defaultModel: models[0]?.id ?? '',
    }),
    find,
    ids: [...known.keys()],
    fallback: env.MODEL_FALLBACK === undefined ? null : find(env.MODEL_FALLBACK),
  }
}

/** The sandbox's misbehaving models are never listed; outside production they can be named, for tests. */
function sandboxModel(providers: Provider[], env: Env, id: string): CatalogModel | null {
  const isSandbox = id.startsWith('sandbox/') && providers.some((provider) => provider.id === 'sandbox')
  return isSandbox && env.NODE_ENV !== 'production' ? modelOf(providers, id) : null
}

function usualModels(provider: Provider): CatalogModel[] {
  return provider.usual.map((model) => toModel(provider, model.id, model.description))
}

function modelOf(providers: Provider[], id: string): CatalogModel {
  const slash = id.indexOf('/')
  const provider = providers.find((each) => each.id === id.slice(0, slash))
  if (provider === undefined) {
    throw new DomainError(
      'invalid_input',
      `No provider is configured for the model ${id}: set its key first.`,
    )
  }
  const own = id.slice(slash + 1)
  return toModel(
    provider,
    own,
    provider.usual.find((model) => model.id === own)?.description ?? provider.name,
  )
}

function toModel(provider: Provider, own: string, description: string): CatalogModel {
  return {
    id: `${provider.id}/${own}`,
    name: provider.isStandIn ? 'Template writer (not an AI model)' : own,
    provider: provider.name,
    description,
    isStandIn: provider.isStandIn,
    outputLimit: outputLimitDefault,
    language: () => provider.language(own),
  }
}

function configuredProviders(env: Env): Provider[] {
  const providers: (Provider | null)[] = [
    env.OPENROUTER_API_KEY === undefined
      ? null
      : {
          id: 'openrouter',
          name: 'OpenRouter',
          isStandIn: false,
          usual: [
            { id: 'anthropic/claude-sonnet-4.5', description: 'Careful with larger plugins' },
            { id: 'openai/gpt-5', description: 'Strong all-rounder' },
            { id: 'qwen/qwen3-coder', description: 'Quick and cheap for small plugins' },
          ],
          language: createOpenRouter({
            apiKey: env.OPENROUTER_API_KEY,
            // Strict: usage comes at the end of a stream only when it is asked for.
            compatibility: 'strict',
            headers: { 'HTTP-Referer': env.PUBLIC_URL, 'X-Title': 'Tallyforge' },
            ...baseUrl(env.OPENROUTER_BASE_URL),
          }),
        },
    env.ANTHROPIC_API_KEY === undefined
      ? null
      : {
          id: 'anthropic',
          name: 'Anthropic',
          isStandIn: false,
          usual: [{ id: 'claude-sonnet-4-5', description: 'Careful with larger plugins' }],
          language: createAnthropic({ apiKey: env.ANTHROPIC_API_KEY, ...baseUrl(env.ANTHROPIC_BASE_URL) }),
        },
    env.OPENAI_API_KEY === undefined
      ? null
      : {
          id: 'openai',
          name: 'OpenAI',
          isStandIn: false,
          usual: [{ id: 'gpt-5', description: 'Strong all-rounder' }],
          language: createOpenAI({ apiKey: env.OPENAI_API_KEY, ...baseUrl(env.OPENAI_BASE_URL) }).chat,
        },
    compatible(
      'xai',
      'xAI',
      env.XAI_API_KEY && (env.XAI_BASE_URL ?? 'https://api.x.ai/v1'),
      env.XAI_API_KEY,
      [{ id: 'grok-code-fast-1', description: 'Quick at code' }],
    ),
    compatible('ollama', 'Ollama', env.OLLAMA_BASE_URL, undefined, [
      { id: 'qwen2.5-coder', description: 'Runs on your own machine' },
    ]),
    compatible(
      'custom',
      'OpenAI-compatible server',
      env.OPENAI_COMPATIBLE_BASE_URL,
      env.OPENAI_COMPATIBLE_API_KEY,
      [{ id: 'default', description: 'The model that this server has loaded' }],
    ),
    compatible('sandbox', 'Tallyforge sandbox', env.SANDBOX_MODELS_URL, undefined, [
      { id: 'template-writer', description: 'Composes plugins from templates, without any account' },
    ]),
  ]
  return providers.filter((provider) => provider !== null)
}

function compatible(
  id: string,
  name: string,
  url: string | undefined,
  apiKey: string | undefined,
  usual: Provider['usual'],
): Provider | null {
  if (url === undefined) return null
  // Without includeUsage no stream_options is sent, and no usage comes back.
  const provider = createOpenAICompatible({
    name: id,
    baseURL: url,
    includeUsage: true,
    ...(apiKey ? { apiKey } : {}),
  })
  return { id, name, isStandIn: id === 'sandbox', usual, language: (model) => provider.chatModel(model) }
}

function baseUrl(url: string | undefined): { baseURL?: string } {
  return url === undefined ? {} : { baseURL: url }
}
