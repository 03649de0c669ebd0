import { currentPriceBook } from '../tokens/price-books.ts'
import { authed } from '../trpc.ts'
import { modelListShape } from './shapes.ts'

export const modelsRouter = {
  /** The models that can be chosen here, with their prices. */
  list: authed
    .output(modelListShape)
    .query(async ({ ctx }) => ctx.deps.models.list(await currentPriceBook(ctx.deps.db.service))),
}
