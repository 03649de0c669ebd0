import { priceBookJson } from '@tallyforge/core/tokens/price-book-json'
import type { PriceBook } from '@tallyforge/core/tokens/prices'
import type { Orm } from '@tallyforge/db/client'
import { priceBooks } from '@tallyforge/db/schema'
import type { OrgTx } from '@tallyforge/db/tenancy'
import { desc, eq } from 'drizzle-orm'

/** The book in force: the newest. */
export async function currentPriceBook(db: Orm | OrgTx): Promise<PriceBook> {
  const [row] = await db
    .select()
    .from(priceBooks)
    .orderBy(desc(priceBooks.createdAt), desc(priceBooks.id))
    .limit(1)
  if (row === undefined) throw new Error('there is no price book: the migrations make the first')
  return toPriceBook(row)
}

/** The book that an entry names. */
export async function findPriceBook(db: Orm | OrgTx, id: string): Promise<PriceBook> {
  const [row] = await db.select().from(priceBooks).where(eq(priceBooks.id, id))
  if (row === undefined) throw new Error(`price book ${id} does not exist`)
  return toPriceBook(row)
}

function toPriceBook(row: { id: string; prices: unknown }): PriceBook {
  const { standard, models } = priceBookJson.parse(row.prices)
  return { id: row.id, standard, models: new Map(Object.entries(models)) }
}
