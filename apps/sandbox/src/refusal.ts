/** Why a call is refused; each protocol has its own word for it. */
export type RefusalKind =
  | 'invalid'
  | 'too-large'
  | 'key'
  | 'model'
  | 'route'
  | 'busy'
  | 'broken'
  | 'overloaded'

export type Refusal = {
  kind: RefusalKind
  status: number
  message: string
  headers?: Record<string, string>
  /** Stands in the place of a protocol's error, as a proxy before it would answer. */
  page?: string
}

/** Every refusal of this server. */
export const refusals = {
  invalid: (issue: { path: PropertyKey[]; message: string } | undefined) =>
    invalid(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`),
  header: (name: string, message: string) => invalid(`${name}: ${message}`),
  unreadable: (status: number) => ({ ...invalid('The body could not be read as JSON.'), status }),
  tooLarge: { kind: 'too-large', status: 413, message: 'The body is larger than this server reads.' },
  noKey: { kind: 'key', status: 401, message: 'x-api-key header is required' },
  unknownModel: (model: string) => ({
    kind: 'model' as const,
    status: 404,
    message: `The model “${model.slice(0, 100)}” does not exist here.`,
  }),
  noRoute: { kind: 'route', status: 404, message: 'There is nothing at this address.' },
  broken: { kind: 'broken', status: 500, message: 'The template writer failed.' },
  /** In the middle of a stream. */
  midstream: { kind: 'overloaded', status: 529, message: 'The template writer breaks off on purpose.' },
  onPurpose: {
    401: { kind: 'key', status: 401, message: 'The key is refused on purpose.' },
    429: {
      kind: 'busy',
      status: 429,
      message: 'Too many requests, on purpose.',
      headers: { 'retry-after': '1' },
    },
    500: { kind: 'broken', status: 500, message: 'The template writer fails on purpose.' },
    502: {
      kind: 'broken',
      status: 502,
      message: 'Bad Gateway',
      headers: { 'content-type': 'text/html; charset=utf-8' },
      page: '<!doctype html><html lang="en"><title>502 Bad Gateway</title><h1>Bad Gateway</h1></html>\n',
    },
    529: { kind: 'overloaded', status: 529, message: 'Overloaded, on purpose.' },
  },
} as const satisfies Record<string, unknown>

function invalid(message: string) {
  return { kind: 'invalid' as const, status: 400, message }
}
