import { z } from 'zod'

export const modelShape = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  /** What it is good at, in a few words. */
  description: z.string(),
  /** True for the template writer, which is not an AI model. */
  isStandIn: z.boolean(),
  /** Microtokens for one token of each meter. */
  price: z.object({ input: z.bigint(), cachedInput: z.bigint(), output: z.bigint() }),
  outputLimit: z.number(),
})

export const modelListShape = z.object({ models: z.array(modelShape), defaultModel: z.string() })
