/** What a model writes. */
type Text =
  | 'good'
  | 'invalid'
  | 'fixable'
  | 'unregistered'
  | 'prose'
  | 'blank'
  | 'huge'
  | 'long'
  | 'traversal'
/** How its answer travels. */
type Transport =
  | 'whole'
  | 'slow'
  | 'hang'
  | 'hang-headers'
  | 'stall'
  | 'cut'
  | 'fin'
  | 'garbage'
  | 'midstream-error'
  | 'early-error'
/** What it says about its tokens. */
type Usage = 'true' | 'liar' | 'none'
type Status = 401 | 429 | 500 | 502 | 529

export type Model = {
  id: string
  name: string
  text: Text
  transport: Transport
  usage: Usage
  status?: Status
}

const writer = 'Template writer (not an AI model)'

/** Every model of this server. All but the first misbehave on purpose, for tests. */
const models: readonly Model[] = [
  { id: 'sandbox/template-writer', name: writer, text: 'good', transport: 'whole', usage: 'true' },
  faulty('slow', { transport: 'slow' }),
  faulty('hang', { transport: 'hang' }),
  faulty('hang-headers', { transport: 'hang-headers' }),
  faulty('stall', { transport: 'stall' }),
  faulty('cut', { transport: 'cut' }),
  faulty('fin', { transport: 'fin' }),
  faulty('invalid', { text: 'invalid' }),
  faulty('fixable', { text: 'fixable' }),
  faulty('unregistered', { text: 'unregistered' }),
  faulty('prose', { text: 'prose' }),
  faulty('blank', { text: 'blank' }),
  faulty('huge', { text: 'huge' }),
  faulty('long', { text: 'long' }),
  faulty('traversal', { text: 'traversal' }),
  faulty('liar', { usage: 'liar' }),
  faulty('nousage', { usage: 'none' }),
  faulty('401', { status: 401 }),
  faulty('429', { status: 429 }),
  faulty('500', { status: 500 }),
  faulty('529', { status: 529 }),
  faulty('html', { status: 502 }),
  faulty('garbage', { transport: 'garbage' }),
  faulty('midstream-error', { transport: 'midstream-error' }),
  faulty('early-error', { transport: 'early-error' }),
]

/** The models on offer: without misbehaviour only the template writer. */
export function offeredModels(hasMisbehaviour: boolean): readonly Model[] {
  return hasMisbehaviour ? models : models.slice(0, 1)
}

/** Finds a model by its id, with or without `sandbox/` before it. */
export function findModel(offered: readonly Model[], id: string): Model | undefined {
  return offered.find((model) => model.id === id || model.id === `sandbox/${id}`)
}

function faulty(id: string, fault: Partial<Omit<Model, 'id' | 'name'>>): Model {
  return {
    id: `sandbox/${id}`,
    name: `${writer}: ${id}`,
    text: 'good',
    transport: 'whole',
    usage: 'true',
    ...fault,
  }
}
