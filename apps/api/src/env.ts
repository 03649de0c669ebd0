import { isIP } from 'node:net'
import { z } from 'zod'

/** One expectation for every fault of a number: zod's own words are about types. */
const number = (least: number, most: number) => {
  const error = `write a number from ${least} to ${most}`
  return z.coerce.number({ error }).min(least, { error }).max(most, { error })
}
const wholeNumber = (least: number, most: number) => {
  const error = `write a whole number from ${least} to ${most}`
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error })
}
const seconds = (fallback: number) => number(0.001, 3_600).default(fallback)
const choice = <const Value extends string>(values: readonly Value[]) =>
  z.enum(values, { error: `write one of ${values.filter((value) => value !== '').join(', ')}` })
const flag = choice(['true', 'false', '1', '0', ''])
  .default('false')
  .transform((text) => text === 'true' || text === '1')
const optional = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text))
/** An address, or a network such as 10.0.0.0/8. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const longest = isIP(address) === 4 ? 32 : 128
  return (
    isIP(address) !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  )
}
const optionalUrl = optional.pipe(
  z.url({ protocol: /^https?$/, error: 'write an address such as http://127.0.0.1:8080/v1' }).optional(),
)

/** Every setting of the API, in the groups and with the words of `.env.example`, which is made from this table. */
export const envGroups = {
  Server: {
    NODE_ENV: choice(['development', 'test', 'production'])
      .default('development')
      .describe('development, test or production'),
    HOST: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all'),
    PORT: wholeNumber(0, 65_535).default(3001).describe('Port of the API'),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'write it like https://tallyforge.example' })
      .default('http://localhost:5173')
      .describe('Where people open the web app: cookies, links and the CSRF check follow it'),
    TRUST_PROXY: z
      .string()
      .default('')
      .refine(
        (text) => text.split(',').every((part) => part.trim() === '' || isNetwork(part.trim())),
        'write addresses or networks with commas between them, such as 10.0.0.1, 192.168.0.0/16',
      )
      .describe(
        'Comma-separated addresses of reverse proxies whose X-Forwarded-For is believed; empty believes none',
      ),
    WEB_FOLDER: optional.describe('Folder of the built web app, served by the API in production'),
    LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
      .default('info')
      .describe('Least level that is logged'),
    SHUTDOWN_SECONDS: seconds(30).describe('How long a stop waits for running generations'),
    METRICS_TOKEN: optional.describe(
      'Bearer token for /metrics; without it only this machine may read them, in production nobody',
    ),
  },
  Database: {
    DATABASE_URL: z
      .url({ protocol: /^postgres(ql)?$/, error: 'write it like postgres://user:password@host:5432/name' })
      .optional()
      .describe(
        'PostgreSQL 18 or newer, as the owner (CREATEROLE). Unset: the embedded server of `pnpm dev`',
      ),
    SECRET_KEY: z
      .string()
      .min(32, 'SECRET_KEY needs at least 32 characters')
      .optional()
      .describe(
        '32 random bytes or more; everything secret is derived from it. Made once in development. `openssl rand -hex 32`',
      ),
    REPLACE_SECRET_KEY: flag.describe(
      'true takes over a PostgreSQL server of another SECRET_KEY: for one start, after the key was changed on purpose',
    ),
  },
  Models: {
    OPENROUTER_API_KEY: optional.describe('Models of openrouter.ai: https://openrouter.ai/keys'),
    ANTHROPIC_API_KEY: optional.describe('Models of Anthropic: https://console.anthropic.com'),
    OPENAI_API_KEY: optional.describe('Models of OpenAI: https://platform.openai.com/api-keys'),
    XAI_API_KEY: optional.describe('Models of xAI: https://console.x.ai'),
    OLLAMA_BASE_URL: optionalUrl.describe('Ollama, such as http://127.0.0.1:11434/v1'),
    OPENAI_COMPATIBLE_BASE_URL: optionalUrl.describe(
      'Any OpenAI-compatible server, such as llama.cpp: http://127.0.0.1:8080/v1',
    ),
    OPENAI_COMPATIBLE_API_KEY: optional.describe('Its key, if it wants one'),
    OPENROUTER_BASE_URL: optionalUrl.describe('Another address for OpenRouter'),
    ANTHROPIC_BASE_URL: optionalUrl.describe('Another address for Anthropic'),
    OPENAI_BASE_URL: optionalUrl.describe('Another address for OpenAI'),
    XAI_BASE_URL: optionalUrl.describe('Another address for xAI'),
    MODELS: z
      .string()
      .default('')
      .describe(
        'Comma-separated model ids to offer, first is the default, such as openrouter/anthropic/claude-sonnet-4.5. Empty: the usual ones of each provider',
      ),
    MODEL_FALLBACK: optional.describe(
      'Model id to go on with when the chosen one fails before its first byte',
    ),
    MODEL_FIRST_BYTE_SECONDS: seconds(60).describe('How long a model may take to connect and begin'),
    MODEL_IDLE_SECONDS: seconds(30).describe('How long a model may pause'),
    MODEL_TOTAL_SECONDS: seconds(600).describe('How long one answer may take'),
    SANDBOX_MODELS_URL: optionalUrl.describe('The template writer (not an AI model); set by `pnpm dev`'),
    ALLOW_SANDBOX: flag.describe('true lets production use stand-ins and the demo account'),
  },
  Tokens: {
    HOLD_SECONDS: seconds(60).describe('Time to live of a hold without renewal'),
    LEASE_SECONDS: seconds(30).describe(
      'How long a process that went silent is believed to run its generation',
    ),
    SWEEP_SECONDS: seconds(5).describe(
      'Pause between sweeps for ended holds, expired grants and lost generations',
    ),
  },
  Limits: {
    CALLS_PER_MINUTE: wholeNumber(1, 1_000_000_000)
      .default(1_200)
      .describe('Procedure calls per minute and IP prefix'),
    SIGN_UPS_PER_HOUR: wholeNumber(1, 1_000_000_000)
      .default(20)
      .describe('New accounts per hour and IP prefix'),
  },
} as const

const schema = z.object({
  ...envGroups.Server,
  ...envGroups.Database,
  ...envGroups.Models,
  ...envGroups.Tokens,
  ...envGroups.Limits,
})

export type Env = z.infer<typeof schema> & { DATABASE_URL: string; SECRET_KEY: string }

/** Settings that cannot serve; the message has one line per setting, with the fix. */
export class EnvNotUsable extends Error {}

/** Passwords stand in addresses too, so of those only the name is said. */
const isSecret = (name: string) => /KEY|SECRET|TOKEN|PASSWORD|URL/.test(name)

/** A setting as it was written, such as `HOLD_SECONDS=abc`; of a secret, its name. */
function quoted(name: string, source: Record<string, string | undefined>): string {
  return isSecret(name) ? name : `${name}=${source[name] ?? ''}`
}

/** Reads and checks the settings. @throws EnvNotUsable with one line for each fault. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const parsed = schema.safeParse(source)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path, message }) => `${quoted(path.join('.'), source)}: ${message}`,
    )
    throw new EnvNotUsable(lines.join('\n'))
  }
  const env = parsed.data
  const { DATABASE_URL, SECRET_KEY } = env
  if (DATABASE_URL === undefined) {
    throw new EnvNotUsable('DATABASE_URL: set it, or run `pnpm dev`, which brings an embedded PostgreSQL')
  }
  if (SECRET_KEY === undefined) {
    throw new EnvNotUsable('SECRET_KEY: set it to 32 random bytes or more (`openssl rand -hex 32`)')
  }
  if (env.NODE_ENV === 'production' && env.SANDBOX_MODELS_URL !== undefined && !env.ALLOW_SANDBOX) {
    throw new EnvNotUsable(
      'SANDBOX_MODELS_URL: production refuses stand-ins; unset it or set ALLOW_SANDBOX=true',
    )
  }
  return { ...env, DATABASE_URL, SECRET_KEY }
}
